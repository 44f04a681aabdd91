import { useMemo, useState } from 'react';
import { AlignLeft, Maximize2, Newspaper, TriangleAlert } from 'lucide-react';
import type { Attachment, Entry, EntryDetail } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { fold, type Part } from '../../state/words/fold.ts';
import { keepReading, pageOf, readingOf } from '../../state/media/formatted.ts';
import { setState, useApp } from '../../state/store.ts';
import { InvitationCard } from '../../ui/invitation-card.tsx';
import { MailFrame } from '../../ui/mail-frame.tsx';
import { LinkedText } from '../../ui/linked-text.tsx';

type MailDetail = Extract<EntryDetail, { type: 'mail' }>;

/** Long mails are cut on screen, not in the store. */
const LONG_CHARS = 6_000;

export function MailBody({ entry, detail, showSubject }: { entry: Entry; detail: MailDetail; showSubject: boolean }) {
  const page = pageOf(entry);
  const zone = useApp((state) => state.settings.officeZone);
  const [showHead, setShowHead] = useState(false);
  return (
    <>
      {showSubject && entry.subject !== null && <h3 className="mail-subject" dir="auto">{entry.subject}</h3>}
      <button type="button" className="mail-head-toggle" aria-expanded={showHead} onClick={() => setShowHead(!showHead)}>{t('entry.to', { to: detail.to.join(', ') })}{detail.cc.length > 0 && !showHead ? ` ${t('entry.andCc', { count: detail.cc.length })}` : ''}</button>
      {showHead && (
        <dl className="mail-head">
          <dt>{t('entry.head.from')}</dt><dd>{detail.from}</dd>
          <dt>{t('entry.head.to')}</dt><dd>{detail.to.join(', ')}</dd>
          {detail.cc.length > 0 && <><dt>{t('entry.head.cc')}</dt><dd>{detail.cc.join(', ')}</dd></>}
          {entry.subject !== null && <><dt>{t('entry.head.subject')}</dt><dd dir="auto">{entry.subject}</dd></>}
          {detail.messageId !== null && <><dt>{t('entry.head.id')}</dt><dd className="is-id">{detail.messageId}</dd></>}
        </dl>
      )}
      {detail.invitation !== undefined && <InvitationCard invitation={detail.invitation} zone={zone} />}
      {detail.unreadable !== null && <p className="entry-aside is-bad"><TriangleAlert size={13} aria-hidden="true" /> {detail.unreadable}</p>}
      {page === undefined && detail.isFormatted !== true ? <MailText text={entry.text} /> : <TwoWays entry={entry} page={page} />}
    </>
  );
}

function MailText({ text }: { text: string }) {
  const runs = useMemo(() => joinFolded(fold(text)), [text]);
  return <>{runs.map((run, index) => (run[0]?.type === 'text' ? <LongText key={index} text={trimEdges(run[0].text)} /> : <Folded key={index} parts={run} />))}</>;
}

/** Highest a frame gets in the timeline: longer ones scroll, or open in full. */
const FRAME_MOST = 480;

/** A mail whose page says more than its text: as it was made, or as plain text. */
function TwoWays({ entry, page }: { entry: Entry; page: Attachment | undefined }) {
  const [isFormatted, setFormatted] = useState(readingOf(entry.id).isFormatted);
  const turn = (to: boolean): void => {
    keepReading(entry.id, { ...readingOf(entry.id), isFormatted: to });
    setFormatted(to);
  };
  if (!isFormatted) {
    return (
      <>
        <MailText text={entry.text} />
        <div className="mail-frame-foot"><button type="button" className="text-button is-quiet" onClick={() => turn(true)}><Newspaper size={13} aria-hidden="true" />{t('entry.formatted.show')}</button></div>
      </>
    );
  }
  return (
    <MailFrame
      source={{ messageId: entry.id }} page={page} name={t('entry.formatted.frame', { author: entry.author })} most={FRAME_MOST}
      actions={<>
        <button type="button" className="text-button is-quiet" onClick={() => turn(false)}><AlignLeft size={13} aria-hidden="true" />{t('entry.formatted.asText')}</button>
        <button type="button" className="text-button is-quiet" onClick={() => setState({ dialog: { type: 'mail', messageId: entry.id } })}><Maximize2 size={12} aria-hidden="true" />{t('entry.formatted.full')}</button>
      </>}
    />
  );
}

/** Quoted text and signature that follow each other fold under one button. */
function joinFolded(parts: readonly Part[]): readonly (readonly Part[])[] {
  const runs: Part[][] = [];
  for (const part of parts) {
    if (part.text.trim() === '') continue;
    const last = runs.at(-1);
    if (part.type !== 'text' && last !== undefined && last[0]?.type !== 'text') last.push(part);
    else runs.push([part]);
  }
  return runs;
}

const trimEdges = (text: string): string => text.replace(/^\s*\n|\s+$/gu, '');

function LongText({ text }: { text: string }) {
  const [whole, setWhole] = useState(text.length <= LONG_CHARS);
  if (text === '') return null;
  return (
    <p className="entry-text" dir="auto">
      <LinkedText text={whole ? text : text.slice(0, LONG_CHARS)} />
      {!whole && <button type="button" className="fold-button" onClick={() => setWhole(true)}>{t('entry.showAll')}</button>}
    </p>
  );
}

function Folded({ parts }: { parts: readonly Part[] }) {
  const [open, setOpen] = useState(false);
  const filled = parts.filter((part) => part.text.trim() !== '');
  if (filled.length === 0) return null;
  const name = filled.some((part) => part.type === 'quote') ? t('entry.quoted') : t('entry.signature');
  const label = open ? t('entry.hide', { name }) : t('entry.show', { name });
  return (
    <>
      <button type="button" className="fold-button" aria-expanded={open} aria-label={label} title={label} onClick={() => setOpen(!open)}>…</button>
      {open && filled.map((part, index) => <p key={index} className={`entry-text is-${part.type}`} dir="auto"><LinkedText text={trimEdges(part.text)} /></p>)}
    </>
  );
}
