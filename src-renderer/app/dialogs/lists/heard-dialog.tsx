import { useEffect, useState } from 'react';
import { Ear, ExternalLink, MessageSquareReply, CircleSlash } from 'lucide-react';
import type { HeardRow } from '../../../../src-preload/contract/index.ts';
import { ask, call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { openConversation } from '../../../state/actions/conversation-actions.ts';
import { setState, useApp } from '../../../state/store.ts';
import { Button } from '../../../ui/button.tsx';
import { Age, Empty } from '../../../ui/bits.tsx';
import { OutLink } from '../../../ui/linked-text.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { Segmented } from '../../../ui/segmented.tsx';

const SHOWN = 200;
const ALL = 'all';
const NONE = '';
const subjectOf = (row: HeardRow): string => row.subject ?? NONE;

/** Posts that speak of us without addressing us: nobody waits for an answer here, and most cannot be answered through X's interface. */
export default function HeardDialog({ onClose }: { onClose: () => void }) {
  const count = useApp((state) => state.counts.heard);
  const words = useApp((state) => state.settings.listenWords);
  const [found, setRows] = useState<readonly HeardRow[] | null>(null);
  const [subject, setSubject] = useState<string>(ALL);
  useEffect(() => {
    let isCurrent = true;
    void ask('heard.list', { limit: SHOWN }).then((answer) => { if (isCurrent && answer.ok) setRows(answer.value.rows); });
    return () => { isCurrent = false; };
  }, [count]);
  const subjects = [...new Set(found?.map(subjectOf))].sort();
  const chosen = subjects.includes(subject) ? subject : ALL;
  const rows = found?.filter((row) => chosen === ALL || subjectOf(row) === chosen) ?? null;
  const countOf = (name: string): number => found?.filter((row) => subjectOf(row) === name).length ?? 0;
  const take = async (row: HeardRow): Promise<void> => {
    const taken = await call('heard.take', { postId: row.postId });
    if (taken === null) return;
    onClose();
    await openConversation(taken.conversationId);
  };
  return (
    <Modal title={t('heard.title')} description={words.length === 0 ? t('heard.noWords') : t('heard.lead', { words: words.join(', ') })} size="large" onClose={onClose}>
      {rows !== null && rows.length === 0 && <Empty icon={<Ear size={22} aria-hidden="true" />} title={t('heard.empty')} />}
      {subjects.some((name) => name !== NONE) && <Segmented className="heard-subjects" label={t('heard.subject')} value={chosen} onPick={setSubject} options={[{ value: ALL, label: t('heard.every', { count: found?.length ?? 0 }) }, ...subjects.map((name) => ({ value: name, label: `${name === NONE ? t('heard.noSubject') : name} ${countOf(name)}` }))]} />}
      {rows !== null && rows.length > 0 && (
        <ul className="heard-list" aria-label={t('heard.title')}>
          {rows.map((row) => (
            <li key={row.postId} className="heard-line" data-heard={row.postId}>
              <p className="heard-who"><bdi className="heard-name">{row.author}</bdi> <bdi className="heard-handle">{row.handle}</bdi> <span className="chip">{row.word}</span><span className="spacer" /><Age at={row.at} /></p>
              <p className="heard-text" dir="auto">{row.text}</p>
              <div className="heard-foot">
                <span className="heard-rule">{row.replyAllowed ? <><MessageSquareReply size={13} aria-hidden="true" />{t('heard.mayReply')}</> : <><CircleSlash size={13} aria-hidden="true" />{t('heard.mayNotReply')}</>}</span>
                <span className="spacer" />
                <OutLink url={row.url}>{t('entry.openOnX')} <ExternalLink size={11} aria-hidden="true" /></OutLink>
                <Button small onClick={() => void take(row)} data-action="heard.take">{t('heard.take')}</Button>
                <Button small tone="quiet" onClick={() => void call('heard.dismiss', { postId: row.postId })} data-action="heard.dismiss">{t('heard.dismiss')}</Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      <footer className="modal-foot is-start"><Button onClick={() => setState({ dialog: { type: 'settings', tab: 'listening' } })}>{t('heard.words')}</Button></footer>
    </Modal>
  );
}
