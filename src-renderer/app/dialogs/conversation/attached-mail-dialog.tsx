import { useEffect, useState } from 'react';
import { AlignLeft, ArrowLeft, Download, Newspaper, TriangleAlert } from 'lucide-react';
import type { Output } from '../../../../src-preload/contract/index.ts';
import { ask, call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { isPage } from '../../../state/media/formatted.ts';
import { useApp } from '../../../state/store.ts';
import { fullTime } from '../../../state/words/time.ts';
import { toast } from '../../../state/toasts.ts';
import { KindIcon, kindOf } from '../../../ui/attachment-list.tsx';
import { fileSize } from '../../../ui/file-size.ts';
import { InvitationCard } from '../../../ui/invitation-card.tsx';
import { LinkedText } from '../../../ui/linked-text.tsx';
import { MailFrame } from '../../../ui/mail-frame.tsx';
import { Modal } from '../../../ui/modal.tsx';

type Mail = Output<'mail.openFile'>;

/** Highest its frame gets: longer mails scroll in it. */
const FRAME_MOST = 560;

/** A mail attached to another one, and those attached to it: in the frame every mail with formatting gets, or as plain text. */
export default function AttachedMailDialog({ attachmentId, name, onClose }: { attachmentId: string; name: string; onClose: () => void }) {
  const zone = useApp((state) => state.settings.officeZone);
  const [path, setPath] = useState<readonly number[]>([]);
  const [mail, setMail] = useState<Mail | null>(null);
  const [isPlain, setPlain] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let isOld = false;
    void ask('mail.openFile', { attachmentId, path: [...path] }).then((answer) => {
      if (isOld) return;
      if (answer.ok) setMail(answer.value);
      else setProblem(answer.error.message);
    });
    return () => { isOld = true; };
  }, [attachmentId, path]);
  const go = (to: readonly number[]): void => {
    setMail(null);
    setPlain(false);
    setPath(to);
  };
  const save = async (index: number): Promise<void> => {
    const saved = await call('mail.saveInner', { attachmentId, path: [...path, index] });
    if (saved !== null) toast(t('entry.savedTo', { path: saved.path }), 'good');
  };
  const title = mail === null ? name : mail.subject === null || mail.subject === '' ? t('entry.formatted.untitled') : mail.subject;
  return (
    <Modal title={title} description={t('attached.lead')} size="page" onClose={onClose}>
      <div className="attached-mail" data-test="attached-mail">
        {path.length > 0 && <button type="button" className="text-button" onClick={() => go(path.slice(0, -1))}><ArrowLeft size={13} aria-hidden="true" />{t('attached.back')}</button>}
        {problem !== null && <p className="entry-aside is-bad"><TriangleAlert size={13} aria-hidden="true" /> {problem}</p>}
        {mail !== null && (
          <>
            <dl className="mail-head">
              <dt>{t('entry.head.from')}</dt><dd><bdi>{mail.from}</bdi></dd>
              {mail.to.length > 0 && <><dt>{t('entry.head.to')}</dt><dd>{mail.to.join(', ')}</dd></>}
              {mail.cc.length > 0 && <><dt>{t('entry.head.cc')}</dt><dd>{mail.cc.join(', ')}</dd></>}
              {mail.at !== null && <><dt>{t('tray.sent')}</dt><dd>{fullTime(mail.at, zone)}</dd></>}
            </dl>
            {mail.unreadable !== null && <p className="entry-aside is-bad"><TriangleAlert size={13} aria-hidden="true" /> {mail.unreadable}</p>}
            {mail.invitation !== null && <InvitationCard invitation={mail.invitation} zone={zone} />}
            {mail.isFormatted && !isPlain
              ? <MailFrame key={path.join('.')} source={{ attachmentId, path }} page={undefined} name={t('entry.formatted.frame', { author: mail.from })} most={FRAME_MOST} actions={<button type="button" className="text-button is-quiet" onClick={() => setPlain(true)}><AlignLeft size={13} aria-hidden="true" />{t('entry.formatted.asText')}</button>} />
              : (
                <>
                  <p className="entry-text attached-text" dir="auto" tabIndex={0}><LinkedText text={mail.text} /></p>
                  {mail.isFormatted && <div className="mail-frame-foot"><button type="button" className="text-button is-quiet" onClick={() => setPlain(false)}><Newspaper size={13} aria-hidden="true" />{t('entry.formatted.show')}</button></div>}
                </>
              )}
            {mail.files.some((file) => !isPage(file)) && (
              <ul className="attachments">
                {mail.files.map((file, index) => (!isPage(file) &&
                  <li key={index} className="attachment"><div className="attachment-line">
                    <KindIcon kind={kindOf(file)} /><span className="attachment-name" title={file.name}>{file.name}</span><span className="attachment-size">{fileSize(file.size)}</span>
                    {kindOf(file) === 'mail' && <button type="button" className="text-button" onClick={() => go([...path, index])} aria-label={t('entry.openMail', { name: file.name })}>{t('entry.openMailShort')}</button>}
                    <button type="button" className="text-button" onClick={() => void save(index)} aria-label={t('entry.save', { name: file.name })}><Download size={13} aria-hidden="true" />{t('entry.saveShort')}</button>
                  </div></li>
                ))}
              </ul>
            )}
          </>
        )}
      </div>
    </Modal>
  );
}
