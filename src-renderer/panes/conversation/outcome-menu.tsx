import type { Satisfaction } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { markOutcome } from '../../state/actions/desk-actions.ts';
import { shortcutsOf } from '../../state/shortcuts.ts';
import { useApp } from '../../state/store.ts';
import { DropMenu } from '../../ui/menu.tsx';
import { OutcomeGlyph } from '../../ui/outcome-glyph.tsx';

const MARKS: readonly (Satisfaction | null)[] = ['satisfied', 'neutral', 'dissatisfied', null];

/** How satisfied the customer is: said with one key, or here. */
export function OutcomeMenu({ conversationId, mark }: { conversationId: string; mark: Satisfaction | null }) {
  const keys = shortcutsOf(useApp((state) => state.settings.shortcuts));
  const name = mark === null ? t('outcome.menu') : t('outcome.menuOf', { mark: t(`outcome.mark.${mark}`) });
  return (
    <DropMenu
      align="end"
      trigger={<button type="button" className="icon-button" aria-label={name} title={name} data-action="desk.mark"><OutcomeGlyph mark={mark} /></button>}
      entries={MARKS.map((other) => ({
        id: `outcome.${other ?? 'none'}`, label: t(`outcome.mark.${other ?? 'none'}`), icon: <OutcomeGlyph mark={other} size={14} />, keys: keys[`outcome.${other ?? 'none'}`], checked: other === mark, separated: other === null,
        run: () => void markOutcome(conversationId, other),
      }))}
    />
  );
}
