import { useState } from 'react';
import { AlignLeft, Info, Newspaper, TriangleAlert, UserPlus } from 'lucide-react';
import type { Attachment, UnplacedRow } from '../../../../src-preload/contract/index.ts';
import { t } from '../../../locales/index.ts';
import { isPage, keepReading, readingOf } from '../../../state/media/formatted.ts';
import { useFoundCustomers, type FoundCustomer } from '../../../state/found-customers.ts';
import { useApp } from '../../../state/store.ts';
import { fullTime } from '../../../state/words/time.ts';
import { AttachmentList } from '../../../ui/attachment-list.tsx';
import { VipStar } from '../../../ui/bits.tsx';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Keys } from '../../../ui/keys.tsx';
import { LinkedText } from '../../../ui/linked-text.tsx';
import { MailFrame } from '../../../ui/mail-frame.tsx';

interface ReaderProps {
  readonly row: UnplacedRow;
  readonly isFinding: boolean;
  readonly onFind: (isFinding: boolean) => void;
  readonly onAssign: (to: { customerId: string; name: string }) => void;
  readonly onMake: () => void;
  readonly onDismiss: () => void;
  readonly onRestore: () => void;
}

/** One mail of the tray: why it is here, what it says, and the ways out. */
export function TrayReader({ row, isFinding, onFind, onAssign, onMake, onDismiss, onRestore }: ReaderProps) {
  const zone = useApp((state) => state.settings.officeZone);
  const { candidate } = row;
  const page = row.attachments.findLast(isPage);
  const files = row.attachments.filter((file) => file !== page);
  return (
    <section className="tray-reader" aria-label={row.subject ?? t('tray.noSubject')}>
      <div className="tray-actions">
        {row.state === 'dismissed' ? <Button small onClick={onRestore} data-action="tray.restore">{t('tray.restore')} <Keys keys="b" /></Button> : (
          <>
            {candidate !== null && <Button small tone="primary" onClick={() => onAssign(candidate)} data-action="tray.candidate">{t('tray.assignTo', { name: candidate.name })} <Keys keys="Enter" /></Button>}
            <Button small onClick={() => onFind(true)} aria-expanded={isFinding} data-action="tray.assign">{t('tray.assign')} <Keys keys="a" /></Button>
            {row.mayBeCustomer && <Button small onClick={onMake} data-action="tray.make"><UserPlus size={13} aria-hidden="true" />{t('tray.make')} <Keys keys="n" /></Button>}
            <span className="spacer" />
            <Button small tone="quiet" onClick={onDismiss} data-action="tray.dismiss">{t('tray.dismiss')} <Keys keys="e" /></Button>
          </>
        )}
      </div>
      {isFinding && <FindCustomer onPick={onAssign} onClose={() => onFind(false)} />}
      <p className="tray-why"><Info size={13} aria-hidden="true" /> {t(`tray.why.${row.reason}`)}{candidate !== null && ` ${t('tray.perhaps', { name: candidate.name })}`}</p>
      <h3 className="tray-head" dir="auto">{row.subject ?? t('tray.noSubject')}</h3>
      <dl className="mail-head">
        <dt>{t('entry.head.from')}</dt><dd><bdi>{row.author === row.address ? row.address : `${row.author} <${row.address}>`}</bdi></dd>
        {row.to.length > 0 && <><dt>{t('entry.head.to')}</dt><dd>{row.to.join(', ')}</dd></>}
        <dt>{t('tray.sent')}</dt><dd>{fullTime(row.at, zone)}</dd>
      </dl>
      {row.unreadable !== null && <p className="entry-aside is-bad"><TriangleAlert size={13} aria-hidden="true" /> {row.unreadable}</p>}
      {row.failures.map((failure, n) => (
        <p key={n} className={`entry-aside${failure.isFinal ? ' is-bad' : ''}`}><TriangleAlert size={13} aria-hidden="true" /> {t(failure.isFinal ? 'undelivered.failed' : 'undelivered.delayed', { to: failure.recipient ?? t('undelivered.somebody') })} {failure.why}</p>
      ))}
      <Body row={row} page={page} />
      {files.length > 0 && <AttachmentList attachments={files} />}
    </section>
  );
}

/** Highest a frame gets: longer mails scroll in it. */
const FRAME_MOST = 560;

/** As it was made, in the frame every mail with formatting gets, or as plain text. */
function Body({ row, page }: { row: UnplacedRow; page: Attachment | undefined }) {
  const [isFormatted, setFormatted] = useState(readingOf(row.id).isFormatted);
  const turn = (to: boolean): void => {
    keepReading(row.id, { ...readingOf(row.id), isFormatted: to });
    setFormatted(to);
  };
  if (page !== undefined && isFormatted) {
    return <MailFrame source={{ unplacedId: row.id }} page={page} name={t('entry.formatted.frame', { author: row.author })} most={FRAME_MOST} actions={<button type="button" className="text-button is-quiet" onClick={() => turn(false)}><AlignLeft size={13} aria-hidden="true" />{t('entry.formatted.asText')}</button>} />;
  }
  return (
    <>
      <p className="entry-text tray-text" dir="auto" tabIndex={0}><LinkedText text={row.text} /></p>
      {page !== undefined && <div className="mail-frame-foot"><button type="button" className="text-button is-quiet" onClick={() => turn(true)}><Newspaper size={13} aria-hidden="true" />{t('entry.formatted.show')}</button></div>}
    </>
  );
}

function FindCustomer({ onPick, onClose }: { onPick: (to: { customerId: string; name: string }) => void; onClose: () => void }) {
  const [text, setText] = useState('');
  const found = useFoundCustomers(text, { limit: 6, least: 2 });
  const pick = (customer: FoundCustomer | undefined): void => { if (customer !== undefined) onPick({ customerId: customer.id, name: customer.name }); };
  return (
    <form className="tray-find" onSubmit={(event) => { event.preventDefault(); pick(found?.[0]); }} onKeyDown={(event) => { if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); onClose(); } }}>
      <TextField label={t('tray.find')} value={text} onText={setText} placeholder={t('tray.findHint')} autoFocus />
      <div className="tray-found" role="group" aria-label={t('call.found')} aria-live="polite">
        {found?.map((customer) => (
          <button key={customer.id} type="button" className="preset" onClick={() => pick(customer)} data-customer={customer.id}>
            <bdi>{customer.name}</bdi>{customer.isVip && <VipStar />}<span className="spacer" /><span className="found-match">{customer.match}</span>
          </button>
        ))}
        {found !== null && found.length === 0 && <p className="hint">{t('merge.nobody')}</p>}
      </div>
    </form>
  );
}
