import { useState } from 'react';
import { Copy } from 'lucide-react';
import type { CallSources } from '../../../../src-preload/contract/index.ts';
import { ask } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { saveSettings } from '../../../state/preferences.ts';
import { useApp } from '../../../state/store.ts';
import { toast } from '../../../state/toasts.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, TextField } from '../../../ui/field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { CallKeys } from '../calls/call-keys.tsx';

const linesOf = (text: string): string[] => [...new Set(text.split('\n').map((line) => line.trim()).filter((line) => line !== ''))];
const isPort = (text: string, least: number): boolean => /^\d{1,5}$/u.test(text.trim()) && Number(text) >= least && Number(text) <= 65_535;

/** What tells this desk of calls, and how calls end. */
export function PhonePage() {
  const sources = useApp((state) => state.callSources);
  return (
    <div className="modal-form" data-test="phone-page">
      <CallKeys />
      <Http source={sources.http} />
      <Asterisk source={sources.ami} />
      <Extensions extensions={sources.extensions} />
      <Dispositions />
    </div>
  );
}

function State({ state, status }: { state: CallSources['http']['state']; status: string }) {
  return <p className="phone-state" role="status"><span className={`dot is-${state}`} aria-hidden="true" />{t(`phone.state.${state}`)}{status !== '' && ` · ${status}`}</p>;
}

function Http({ source }: { source: CallSources['http'] }) {
  const [port, setPort] = useState(String(source.port));
  const [token, setToken] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const bad = !isPort(port, 1_024);
  const save = async (isOn: boolean, newToken = false): Promise<void> => {
    if (bad) return;
    const answer = await ask('phone.saveHttp', { isOn, port: Number(port), newToken });
    setProblem(answer.ok ? null : answer.error.message);
    if (answer.ok && answer.value.token !== null) setToken(answer.value.token);
  };
  const copy = async (): Promise<void> => {
    if (token !== null && await navigator.clipboard.writeText(token).then(() => true, () => false)) toast(t('phone.copied'));
  };
  return (
    <fieldset className="phone-source">
      <legend className="visually-hidden">{t('phone.http')}</legend>
      <label className="check"><input type="checkbox" checked={source.isOn} onChange={(event) => void save(event.target.checked)} data-test="phone-http" />{t('phone.httpOn')}</label>
      <p className="hint">{t('phone.httpHint')}</p>
      <div className="field-row">
        <TextField label={t('phone.port')} value={port} onText={setPort} inputMode="numeric" error={bad ? t('phone.badPort') : problem} onBlur={() => { if (!bad && Number(port) !== source.port) void save(source.isOn); }} />
        <div className="field"><span>{t('phone.token')}</span><span><Button onClick={() => void save(source.isOn, true)} data-action="phone.newToken">{source.hasToken ? t('phone.renew') : t('phone.make')}</Button></span></div>
      </div>
      {token !== null && <div className="phone-token" role="status" data-test="phone-token"><code>{token}</code><Button small onClick={() => void copy()}><Copy size={13} aria-hidden="true" />{t('phone.copy')}</Button></div>}
      {token !== null && <p className="hint">{t('phone.once')}</p>}
      {source.isOn && <pre className="phone-example" tabIndex={0} aria-label={t('phone.example')}>{`curl http://127.0.0.1:${source.port}/calls -H 'Authorization: Bearer …' \\\n  --json '{"event":"ringing","call_id":"1","direction":"inbound","number":"+44 7700 900123"}'`}</pre>}
      <State {...source} />
    </fieldset>
  );
}

function Asterisk({ source }: { source: CallSources['ami'] }) {
  const [host, setHost] = useState(source.host);
  const [port, setPort] = useState(String(source.port));
  const [security, setSecurity] = useState(source.security);
  const [user, setUser] = useState(source.user);
  const [secret, setSecret] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const bad = !isPort(port, 1) || host.trim() === '';
  const save = async (isOn: boolean): Promise<void> => {
    if (bad) return;
    const answer = await ask('phone.saveAmi', { isOn, host: host.trim(), port: Number(port), security, user: user.trim(), secret: secret === '' ? null : secret });
    setProblem(answer.ok ? null : answer.error.message);
    if (answer.ok) setSecret('');
  };
  return (
    <form className="phone-source" onSubmit={(event) => { event.preventDefault(); void save(true); }}>
      <label className="check"><input type="checkbox" checked={source.isOn} onChange={(event) => void save(event.target.checked)} data-test="phone-ami" />{t('phone.amiOn')}</label>
      <p className="hint">{t('phone.amiHint')}</p>
      <div className="field-row is-server">
        <TextField label={t('account.host')} value={host} onText={setHost} />
        <TextField label={t('account.port')} value={port} onText={setPort} inputMode="numeric" error={isPort(port, 1) ? null : t('account.badPort')} />
        <Segmented label={t('account.securityLabel')} value={security} onPick={setSecurity} options={(['tls', 'none'] as const).map((value) => ({ value, label: t(`account.security.${value}`) }))} />
      </div>
      <div className="field-row">
        <TextField label={t('account.user')} value={user} onText={setUser} />
        <TextField label={t('phone.secret')} type="password" value={secret} onText={setSecret} placeholder={source.hasSecret ? t('phone.kept') : ''} />
      </div>
      {problem !== null && <p className="hint is-bad" role="alert">{problem}</p>}
      <div className="phone-state"><State {...source} /><span className="spacer" /><Button type="submit" small aria-disabled={bad} data-action="phone.saveAmi">{t('phone.connect')}</Button></div>
    </form>
  );
}

function Extensions({ extensions }: { extensions: readonly string[] }) {
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? extensions.join(', ');
  const list = shown.split(/[\s,;]+/u).filter((one) => one !== '');
  const bad = list.some((one) => !/^[\w.-]{1,40}$/u.test(one));
  return <TextField label={t('phone.extensions')} hint={t('phone.extensionsHint')} value={shown} onText={setText} error={bad ? t('settings.bad') : null} onBlur={() => { if (text !== null && !bad) void ask('phone.saveExtensions', { extensions: list }); if (!bad) setText(null); }} />;
}

function Dispositions() {
  const dispositions = useApp((state) => state.settings.dispositions);
  const [text, setText] = useState<string | null>(null);
  const lines = linesOf(text ?? dispositions.join('\n'));
  const bad = lines.length > 50 || lines.some((line) => line.length > 60);
  return (
    <Field label={t('phone.dispositions')} hint={t('phone.dispositionsHint')} error={bad ? t('settings.bad') : null}>
      {(props) => <textarea {...props} className="input is-area" dir="auto" value={text ?? dispositions.join('\n')} onChange={(event) => setText(event.target.value)} onBlur={() => { if (text !== null && !bad && lines.join('\n') !== dispositions.join('\n')) void saveSettings({ dispositions: lines }); if (!bad) setText(null); }} />}
    </Field>
  );
}
