import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { TriangleAlert } from 'lucide-react';
import type { Failure, Output } from '../../../../src-preload/contract/index.ts';
import { ask, call } from '../../../bridge.ts';
import { Counter } from '../../../composer/counter.tsx';
import { useWeighted } from '../../../composer/x/use-weighted.ts';
import { t } from '../../../locales/index.ts';
import { approve, PLAIN_YES, type Yes } from '../../../state/actions/look-actions.ts';
import { useApp } from '../../../state/store.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, TextField } from '../../../ui/field.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { useProof } from '../settings/use-proof.tsx';

interface LookDialogProps { readonly outboxId: string; readonly conversationId: string; readonly failure: Failure | null; readonly onClose: () => void }

/** What can be agreed to after having seen it. */
const AGREES: Readonly<Partial<Record<Failure['code'], Partial<Yes>>>> = { stale: { evenIfStale: true }, differs: { evenIfDiffers: true }, guarded: { readAgain: true } };
const agreeable = (failure: Failure): Partial<Yes> | undefined => (failure.code === 'guarded' && failure.detail?.['guard'] !== 'watch' ? undefined : AGREES[failure.code]);

/** A second look at what a guest wants to send: as it is, in other words, or not at all and why. */
export default function LookDialog({ outboxId, conversationId, failure: first, onClose }: LookDialogProps) {
  const name = useApp((state) => state.conversations[conversationId]?.customerName ?? '');
  const [asked, setAsked] = useState<Output<'outbox.look'> | null>(null);
  const [text, setText] = useState('');
  const [word, setWord] = useState('');
  const proof = useProof(first);
  const [failure, setFailure] = useState(proof.isAsked ? null : first);
  const [agreed, setAgreed] = useState(PLAIN_YES);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    void call('outbox.look', { outboxId }).then((answer) => {
      if (answer === null) return onClose();
      setAsked(answer);
      return setText(answer.text);
    });
  }, [outboxId, onClose]);
  const isAction = asked !== null && (asked.mode === 'delete' || asked.mode === 'hide' || asked.mode === 'unhide');
  const capability = useApp((state) => state.timelines[conversationId]?.capabilities.find((one) => one.mode === asked?.mode));
  const appendInitials = useApp((state) => state.settings.appendInitials);
  const isX = asked?.mode === 'reply' || asked?.mode === 'post' || asked?.mode === 'dm';
  const weighted = useWeighted(isX && appendInitials && asked !== null ? `${text} ^${asked.askedBy}` : text, isX, capability?.leading);
  if (asked === null) return null;

  const isChanged = text !== asked.text;
  const isReady = (isAction || text.trim() !== '') && proof.isReady;
  const told = (answer: { ok: true } | { ok: false; error: Failure }, said: string): void => {
    if (!answer.ok) return setFailure(proof.asks(answer.error) ? null : answer.error);
    toast(said, 'good');
    onClose();
  };
  const send = async (more: Partial<Yes> = {}): Promise<void> => {
    if (!isReady || !(await proof.prove())) return;
    const yes = { ...agreed, ...more };
    setAgreed(yes);
    told(await approve({ id: outboxId, conversationId }, { ...yes, text: isChanged ? text : null }), t('look.approved', { agent: asked.askedBy, name }));
  };
  const giveBack = async (): Promise<void> => {
    if (!proof.isReady || !(await proof.prove())) return;
    told(await ask('outbox.giveBack', { outboxId, word }), t('look.gaveBack', { agent: asked.askedBy }));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };
  const agree = failure === null ? undefined : agreeable(failure);
  return (
    <Modal title={t('look.title', { agent: asked.askedBy })} description={isAction ? t(`look.lead.${asked.mode as 'delete'}`, { name }) : t('look.lead.send', { name, how: t(`composer.mode.${asked.mode as 'mail'}`) })} onClose={onClose} initialFocus={area}>
      <div className="modal-form" data-test="look-dialog" onKeyDown={onKeyDown}>
        {failure !== null && (
          <p className="composer-reason" role="alert"><TriangleAlert size={14} aria-hidden="true" /><span>{failure.message}</span>{agree !== undefined && <button type="button" className="text-button" data-action="look.anyway" onClick={() => void send(agree)}>{t('composer.sendAnyway')}</button>}</p>
        )}
        {!isAction && (
          <Field label={t('look.text', { agent: asked.askedBy })}>
            {(props) => <textarea {...props} ref={area} className="input is-area look-text" dir="auto" spellCheck value={text} onChange={(event) => { setText(event.target.value); setAgreed(PLAIN_YES); setFailure(null); }} />}
          </Field>
        )}
        {!isAction && <div className="look-count"><Counter text={text} weighted={weighted} capability={capability} undescribed={0} />{asked.original !== null && <span className="hint">{t('look.changed')}</span>}</div>}
        {proof.field}
        <TextField label={t('look.word', { agent: asked.askedBy })} value={word} onText={setWord} dir="auto" spellCheck maxLength={1_000} placeholder={t('look.wordExample')} />
        <footer className="modal-foot">
          <Button aria-disabled={!proof.isReady} data-action="look.giveBack" onClick={() => void giveBack()}>{t('look.back')}</Button>
          <span className="spacer" />
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button tone="primary" aria-disabled={!isReady} data-action="look.send" onClick={() => void send()}>{t(isAction ? 'look.doIt' : isChanged ? 'look.sendChanged' : 'look.send')}</Button>
        </footer>
      </div>
    </Modal>
  );
}
