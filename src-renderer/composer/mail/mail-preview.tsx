import { useEffect, useRef, useState } from 'react';
import type { Input } from '../../../src-preload/contract/index.ts';
import { ask } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { useScheme } from '../../state/media/formatted.ts';

const QUIET_MS = 250;
const LEAST = 48;

interface MailPreviewProps {
  readonly text: string;
  readonly mail: Input<'mail.preview'>['mail'];
  /** Highest it gets; what is longer scrolls. */
  readonly most: number;
}

/** The mail as its reader will see it: made by the core from what would leave, shown in a frame that runs nothing. */
export function MailPreview({ text, mail, most }: MailPreviewProps) {
  const scheme = useScheme();
  const box = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<{ readonly url: string; readonly height: number } | null>(null);
  const asked = JSON.stringify(mail);
  useEffect(() => {
    let isGone = false;
    const timer = setTimeout(() => {
      const width = Math.max(100, box.current?.clientWidth ?? 0);
      void ask('mail.preview', { text, mail: JSON.parse(asked) as MailPreviewProps['mail'], scheme, width }).then((answer) => { if (!isGone && answer.ok) setShown(answer.value); });
    }, shown === null ? 0 : QUIET_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
    // What is shown decides only how long the first one waits.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [text, asked, scheme]);
  return (
    <div ref={box} className="mail-frame mail-preview" style={{ height: Math.min(most, Math.max(LEAST, shown?.height ?? LEAST)) }} data-test="mail-preview">
      {shown !== null && <iframe src={shown.url} title={t('composer.format.previewFrame')} sandbox="" referrerPolicy="no-referrer" />}
    </div>
  );
}
