import { useEffect, useRef, useState } from 'react';
import { Download, Image, TriangleAlert } from 'lucide-react';
import type { Attachment } from '../../src-preload/contract/index.ts';
import { ask, call } from '../bridge.ts';
import { t } from '../locales/index.ts';
import { heightOf, keepHeight, keepReading, readingOf, useScheme } from '../state/media/formatted.ts';
import { toast } from '../state/toasts.ts';
import { useIsShown } from './is-shown.ts';

/** A message of the history, a mail of the tray, or one attached to another. */
type Source = { readonly messageId: number } | { readonly unplacedId: string } | { readonly attachmentId: string; readonly path: readonly number[] };

interface MailFrameProps {
  readonly source: Source;
  /** The page itself, to be saved when it cannot be shown; a mail of ours has none. */
  readonly page: Attachment | undefined;
  readonly name: string;
  /** Highest it may become, in CSS pixels; what is longer scrolls in the frame. Null fills what is there. */
  readonly most: number | null;
  readonly actions?: React.ReactNode;
}

type Shown = { readonly url: string; readonly height: number; readonly remote: number };

const LEAST = 56;
const UNKNOWN = 160;
const SAME_WIDTH = 24;
const SETTLED_MS = 250;

/**
 * A mail with its formatting, in a frame of another origin that runs nothing. Its height was reckoned by the core: a frame without scripts
 * cannot tell it, and this page cannot look inside.
 */
export function MailFrame({ source, page, name, most, actions }: MailFrameProps) {
  const id = 'messageId' in source ? source.messageId : 'unplacedId' in source ? source.unplacedId : `${source.attachmentId}/${source.path.join('.')}`;
  const scheme = useScheme();
  const [hasPictures, setPictures] = useState(readingOf(id).hasPictures);
  const [isFetching, setFetching] = useState(false);
  const [shown, setShown] = useState<Shown | null>(null);
  // Pictures of the web are fetched for whoever looks, however the mail was read last.
  const remotePictures = useIsShown() && hasPictures;
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  // Made anew for another width only when the hand has let go of the divider: a page that reloads loses its place.
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    setWidth(element.clientWidth);
    let timer = 0;
    const observer = new ResizeObserver(() => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => setWidth((known) => (known !== null && Math.abs(known - element.clientWidth) < SAME_WIDTH ? known : element.clientWidth)), SETTLED_MS);
    });
    observer.observe(element);
    return () => {
      window.clearTimeout(timer);
      observer.disconnect();
    };
  }, []);

  useEffect(() => {
    if (width === null) return undefined;
    let isGone = false;
    const frame = { scheme, width: Math.max(100, width), remotePictures };
    const asked = 'messageId' in source ? ask('mail.show', { messageId: source.messageId, ...frame }) : 'unplacedId' in source ? ask('mail.showUnplaced', { id: source.unplacedId, ...frame }) : ask('mail.showFile', { attachmentId: source.attachmentId, path: [...source.path], ...frame });
    void asked.then((answer) => {
      if (isGone) return;
      setFetching(false);
      if (!answer.ok) return setProblem(answer.error.message);
      keepHeight(id, answer.value.height);
      if (remotePictures && answer.value.remote > 0) toast(t('entry.formatted.picturesMissing', { count: answer.value.remote }));
      setShown(answer.value);
    });
    return () => { isGone = true; };
    // `id` says all of what the source is.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [id, scheme, width, remotePictures]);

  const showPictures = (): void => {
    keepReading(id, { ...readingOf(id), hasPictures: true });
    setFetching(true);
    setPictures(true);
  };
  if (problem !== null) {
    return (
      <p className="entry-aside is-bad"><TriangleAlert size={13} aria-hidden="true" /> {problem}
        {page !== undefined && <button type="button" className="text-button" onClick={() => void call('attachment.save', { attachmentId: page.id }).then((saved) => { if (saved !== null) toast(t('entry.savedTo', { path: saved.path }), 'good'); })}><Download size={13} aria-hidden="true" />{t('entry.saveShort')}</button>}
      </p>
    );
  }
  const reckoned = Math.max(LEAST, shown?.height ?? heightOf(id) ?? UNKNOWN);
  const height = most === null ? '100%' : Math.min(reckoned, most);
  return (
    <>
      <div ref={box} className="mail-frame" style={{ height }} data-shown={shown !== null}>
        {shown !== null && <iframe key={shown.url} src={shown.url} title={name} sandbox="" referrerPolicy="no-referrer" />}
      </div>
      {(actions !== undefined || (shown !== null && shown.remote > 0)) && (
        <div className="mail-frame-foot">
          {actions}
          {shown !== null && shown.remote > 0 && !hasPictures && (
            <button type="button" className="text-button is-quiet" title={t('entry.formatted.picturesHint')} onClick={showPictures}><Image size={13} aria-hidden="true" />{t('entry.formatted.showPictures', { count: shown.remote })}</button>
          )}
          {isFetching && <span className="hint" role="status">{t('entry.formatted.fetching')}</span>}
        </div>
      )}
    </>
  );
}
