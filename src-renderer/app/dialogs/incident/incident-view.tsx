import { useEffect, useState } from 'react';
import { Check, Megaphone, Send } from 'lucide-react';
import type { Incident, IncidentPhase, Output } from '../../../../src-preload/contract/index.ts';
import { ask, call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { undoSend } from '../../../state/actions/outbox-actions.ts';
import { useApp } from '../../../state/store.ts';
import { clockTime, roughSpan } from '../../../state/words/time.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, TextField } from '../../../ui/field.tsx';
import { KindGlyph } from '../../../ui/glyph.tsx';

type Row = Output<'incident.rows'>['rows'][number];
const kindOf = { reply: 'post', dm: 'dm', mail: 'mail' } as const;

/** One incident: its texts, its public notice, and an answer of their own for everybody who reported it. */
export function IncidentView({ incident, onChanged }: { incident: Incident; onChanged: () => Promise<void> }) {
  const zone = useApp((state) => state.settings.officeZone);
  const account = useApp((state) => state.accounts.find((other) => other.channel === 'x'));
  const outbox = useApp((state) => state.outbox);
  const isOver = incident.closedAt !== null;
  const phase: IncidentPhase = isOver ? 'closing' : 'answer';
  const [texts, setTexts] = useState({ title: incident.title, words: incident.words.join(', '), answer: incident.answer, notice: incident.notice, closing: incident.closing });
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [off, setOff] = useState<ReadonlySet<string>>(new Set());
  const [skipped, setSkipped] = useState<Output<'incident.answer'>['skipped']>([]);
  const load = async (): Promise<void> => {
    const answer = await ask('incident.rows', { incidentId: incident.id, phase });
    if (answer.ok) setRows(answer.value.rows);
  };
  useEffect(() => void load(),
    // Sends that come and go change who has an answer.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [incident, phase, outbox]);
  const save = async (): Promise<void> => {
    await call('incident.save', { incidentId: incident.id, title: texts.title.trim() === '' ? incident.title : texts.title.trim(), words: [...new Set(texts.words.split(',').map((one) => one.trim()).filter((one) => one !== ''))], answer: texts.answer, notice: texts.notice, closing: texts.closing });
    await onChanged();
  };
  const edit = (key: keyof typeof texts) => (value: string): void => setTexts((now) => ({ ...now, [key]: value }));
  const ready = rows.filter((row) => !row.isAnswered && row.problem === null && !off.has(row.conversationId));
  const answerAll = async (): Promise<void> => {
    await save();
    const given = await call('incident.answer', { incidentId: incident.id, phase, conversationIds: ready.map((row) => row.conversationId) });
    if (given === null) return;
    setSkipped(given.skipped);
    toast(t('incident.sending', { count: given.outboxIds.length }), 'good', { label: t('common.undo'), run: () => { for (const id of given.outboxIds) void undoSend(id); } });
    await onChanged();
  };
  const post = async (): Promise<void> => {
    if (account === undefined || !mayPost) return;
    await save();
    if ((await call('incident.notice', { incidentId: incident.id, accountId: account.id })) !== null) toast(t('incident.posting'), 'good');
    await onChanged();
  };
  const end = async (): Promise<void> => {
    await save();
    await call('incident.close', { incidentId: incident.id, isOver: !isOver });
    await onChanged();
  };
  const [preview, setPreview] = useState<Output<'incident.noticePreview'> | null>(null);
  const hasNotice = incident.noticeAt !== null || incident.isNoticeAsked;
  const asks = !isOver && !hasNotice && texts.notice.trim() !== '' ? account?.id : undefined;
  useEffect(() => {
    let isOld = false;
    if (asks === undefined) setPreview(null);
    else void ask('incident.noticePreview', { notice: texts.notice, accountId: asks }).then((answer) => { if (!isOld && answer.ok) setPreview(answer.value); });
    return () => { isOld = true; };
  }, [texts.notice, asks]);
  const mayPost = preview !== null && preview.blanks.length === 0;
  const isOnItsWay = incident.noticeAt !== null && !incident.isNoticeOut;
  const [done, out] = phase === 'answer' ? [incident.answered, incident.answeredOut] : [incident.closingSent, incident.closingOut];
  const toNotice = incident.noticeAt === null || incident.firstAt === null ? null : Math.max(0, incident.noticeAt - incident.firstAt);
  return (
    <div className="responses-editor" data-test="incident">
      <dl className="incident-figures">
        <div><dt>{t('incident.first')}</dt><dd>{incident.firstAt === null ? '–' : clockTime(incident.firstAt, zone)}</dd></div>
        <div><dt>{t('incident.toNotice')}</dt><dd data-test="to-notice">{toNotice === null ? t(incident.isNoticeAsked ? 'incident.noticeAsked' : 'incident.noNotice') : toNotice < 60_000 ? t('incident.underMinute') : roughSpan(toNotice)}{isOnItsWay && <span className="incident-out">{t('incident.onItsWay')}</span>}</dd></div>
        <div><dt>{t('incident.reported')}</dt><dd>{incident.reported}</dd></div>
        <div><dt>{t(`incident.done.${phase}`)}</dt><dd data-test="incident-done">{done}{done > 0 && <span className="incident-out">{t('incident.out', { count: out })}</span>}</dd></div>
      </dl>
      {!isOver && <TextField label={t('incident.words')} value={texts.words} onText={edit('words')} onBlur={() => void save()} dir="auto" hint={t('incident.wordsHint')} />}
      {!isOver && (
        <Field label={t('incident.notice')} hint={incident.noticeAt !== null ? t('incident.posted', { time: clockTime(incident.noticeAt, zone) }) : t(incident.isNoticeAsked ? 'incident.noticeAskedHint' : 'incident.noticeHint')}>
          {(props) => <textarea {...props} className="input is-area" dir="auto" disabled={hasNotice} value={texts.notice} onChange={(event) => edit('notice')(event.target.value)} onBlur={() => void save()} />}
        </Field>
      )}
      {preview !== null && (
        <div className="responses-preview" role="status" data-test="notice-preview">
          <p className="hint">{t('incident.noticePreview')}</p>
          <p dir="auto">{preview.text.split(/(\[\[[^[\]\n]{1,80}\]\])/u).map((part, index) => (part.startsWith('[[') ? <mark key={index}>{part.slice(2, -2)}</mark> : part))}</p>
          {preview.blanks.length > 0 && <p className="hint is-bad">{t('incident.noticeBlank', { names: preview.blanks.join(', ') })}</p>}
          {preview.unknown.length > 0 && <p className="hint is-bad">{t('incident.noticeUnknown', { names: preview.unknown.map((one) => `{${one}}`).join(', ') })}</p>}
        </div>
      )}
      {!isOver && !hasNotice && account !== undefined && <div><Button small aria-disabled={!mayPost} onClick={() => void post()} data-action="incident.post"><Megaphone size={13} aria-hidden="true" />{t('incident.post', { account: account.address })}</Button></div>}
      <Field label={t(isOver ? 'incident.closing' : 'incident.answer')} hint={t('incident.answerHint')}>
        {(props) => <textarea {...props} className="input is-area" dir="auto" value={isOver ? texts.closing : texts.answer} onChange={(event) => edit(isOver ? 'closing' : 'answer')(event.target.value)} onBlur={() => void save()} />}
      </Field>
      <ul className="incident-rows" aria-label={t('incident.rows')}>
        {rows.map((row) => (
          <li key={row.conversationId} className="incident-row">
            {row.isAnswered ? <span className="incident-done"><Check size={13} aria-hidden="true" /></span>
              : <input type="checkbox" aria-label={t('incident.choose', { name: row.customerName })} disabled={row.problem !== null} checked={row.problem === null && !off.has(row.conversationId)} onChange={(event) => setOff((now) => { const next = new Set(now); if (event.target.checked) next.delete(row.conversationId); else next.add(row.conversationId); return next; })} />}
            <KindGlyph kind={kindOf[row.mode]} size={13} /><bdi className="rule-who">{row.customerName}</bdi>
            <span className="incident-excerpt" dir="auto" title={row.text}>{row.isAnswered ? t('incident.answered') : (row.problem ?? row.text)}</span>
          </li>
        ))}
      </ul>
      {skipped.length > 0 && <p className="hint is-bad" role="status">{t('incident.skipped', { names: skipped.map((one) => `${one.customerName}: ${one.why}`).join(' ') })}</p>}
      <footer className="modal-foot">
        <Button small onClick={() => void end()} data-action="incident.close">{t(isOver ? 'incident.reopen' : 'incident.end')}</Button>
        <span className="spacer" />
        <Button tone="primary" disabled={ready.length === 0} onClick={() => void answerAll()} data-action="incident.answer"><Send size={13} aria-hidden="true" />{t('incident.send', { count: ready.length })}</Button>
      </footer>
    </div>
  );
}
