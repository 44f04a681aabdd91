import { CircleDashed, Frown, Meh, Smile } from 'lucide-react';
import type { Satisfaction } from '../../src-preload/contract/index.ts';

const FACES = { satisfied: Smile, neutral: Meh, dissatisfied: Frown } as const;

/** A face and never a colour alone; a ring where nothing was marked. */
export function OutcomeGlyph({ mark, size = 15 }: { mark: Satisfaction | null; size?: number }) {
  const Face = mark === null ? CircleDashed : FACES[mark];
  return <Face size={size} aria-hidden="true" className={mark === null ? '' : `outcome-glyph is-${mark}`} />;
}
