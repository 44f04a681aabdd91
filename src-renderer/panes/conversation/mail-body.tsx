import { useMemo, useState } from 'react';
import { TriangleAlert } from 'lucide-react';
import type { Entry, EntryDetail } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { fold, type Part } from '../../state/fold.ts';
import { LinkedText } from '../../ui/linked-text.tsx';

type MailDetail = Extract<EntryDetail, { type: 'mail' }>;

/** Long mails are cut on screen, not in the store. */
const LONG_CHARS = 6_000;

export function MailBody({ entry, detail, showSubject }: { entry: Entry; detail: MailDetail; showSubject: boolean }) {
  const runs = useMemo(() => joinFolded(fold(entry.text)), [entry.text]);
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
      {detail.unreadable !== null && <p className="entry-aside is-bad"><TriangleAlert size={13} aria-hidden="true" /> {detail.unreadable}</p>}
      {runs.map((run, index) => (run[0]?.type === 'text' ? <LongText key={index} text={trimEdges(run[0].text)} /> : <Folded key={index} parts={run} />))}
    </>
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
