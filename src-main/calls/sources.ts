import type { CallSources } from '../../src-preload/contract/index.ts';
import { hashToken, isLoopback, openAmiSource, openHttpSource, type CallSignal, type CallSource, type SourceState } from '../channels/phone/index.ts';
import { ParleyError, type Clock, type Random } from '../kernel/index.ts';
import { tables, type Operation, type Store } from '../store/index.ts';

/** What is kept: the token as its hash, the secret of the manager interface in the vault. */
interface Kept {
  http: { isOn: boolean; port: number; tokenHash: string | null };
  ami: { isOn: boolean; host: string; port: number; security: 'none' | 'tls'; user: string; hasSecret: boolean };
  extensions: string[];
}

const NAME = 'call-sources';
const FIRST: Kept = { http: { isOn: false, port: 23_790, tokenHash: null }, ami: { isOn: false, host: '127.0.0.1', port: 5_038, security: 'none', user: '', hasSecret: false }, extensions: [] };
const OFF: SourceState = { state: 'off', status: '' };

const configure: Operation<{ kept: Kept }, void> = {
  name: 'phone.configure',
  apply: (tx, { kept }) => tables.putSetting(tx.db, NAME, JSON.stringify(kept)),
};

export interface CallSourcesDeps {
  store: Store;
  secrets: { load(id: string): Promise<Record<string, string>>; save(id: string, secrets: Record<string, string>): Promise<void> };
  accountId: string;
  clock: Clock;
  random: Random;
  onSignal(signal: CallSignal): void;
  onState(): void;
}

export interface CallSourceControl {
  state(): CallSources;
  /** Answers the token when a new one was made: it is shown this once. */
  saveHttp(input: { isOn: boolean; port: number; newToken: boolean }, by: { at: number; agent: string }): Promise<{ seq: number; token: string | null }>;
  saveAmi(input: Omit<Kept['ami'], 'hasSecret'> & { secret: string | null }, by: { at: number; agent: string }): Promise<{ seq: number }>;
  saveExtensions(extensions: string[], by: { at: number; agent: string }): Promise<{ seq: number }>;
  stop(): Promise<void>;
}

/** Runs what tells this desk of calls: off until somebody turns it on. */
export function startCallSources(deps: CallSourcesDeps): CallSourceControl {
  const { store, clock, random } = deps;
  let http: { source: CallSource; state: SourceState } | null = null;
  let ami: { source: CallSource; state: SourceState } | null = null;

  const read = (): Kept => {
    const stored = tables.settingOf(store.read, NAME);
    return stored === null ? FIRST : { ...FIRST, ...(JSON.parse(stored) as Partial<Kept>) };
  };
  const startHttp = ({ http: wanted, extensions }: Kept): void => {
    if (!wanted.isOn || wanted.tokenHash === null) return;
    const running: NonNullable<typeof http> = { state: OFF, source: { stop: async () => {} } };
    http = running;
    running.source = openHttpSource({
      port: wanted.port, tokenHash: wanted.tokenHash, clock,
      onSignal: (signal) => { if (extensions.length === 0 || signal.extension === null || extensions.includes(signal.extension)) deps.onSignal(signal); },
      onState: (state) => { running.state = state; deps.onState(); },
    });
  };
  const startAmi = ({ ami: wanted, extensions }: Kept): void => {
    if (!wanted.isOn) return;
    const running: NonNullable<typeof ami> = { state: OFF, source: { stop: async () => {} } };
    ami = running;
    running.source = openAmiSource({
      config: { ...wanted, extensions }, secret: async () => (await deps.secrets.load(deps.accountId))['ami'] ?? '', clock, random, onSignal: deps.onSignal,
      onState: (state) => { running.state = state; deps.onState(); },
    });
  };
  const stopHttp = async (): Promise<void> => {
    const ending = http;
    http = null;
    await ending?.source.stop();
  };
  const stopAmi = async (): Promise<void> => {
    const ending = ami;
    ami = null;
    await ending?.source.stop();
  };
  const keep = (kept: Kept, by: { at: number; agent: string }): number => store.run(configure, { kept }, by).seq;

  startHttp(read());
  startAmi(read());

  return {
    state() {
      const { http: h, ami: a, extensions } = read();
      return {
        http: { isOn: h.isOn, port: h.port, hasToken: h.tokenHash !== null, ...(http?.state ?? OFF) },
        ami: { isOn: a.isOn, host: a.host, port: a.port, security: a.security, user: a.user, hasSecret: a.hasSecret, ...(ami?.state ?? OFF) }, extensions,
      };
    },
    async saveHttp({ isOn, port, newToken }, by) {
      const before = read();
      const token = newToken || (isOn && before.http.tokenHash === null) ? makeToken(random) : null;
      await stopHttp();
      const kept = { ...before, http: { isOn, port, tokenHash: token === null ? before.http.tokenHash : hashToken(token) } };
      const seq = keep(kept, by);
      startHttp(kept);
      deps.onState();
      return { seq, token };
    },
    async saveAmi({ secret, ...wanted }, by) {
      const before = read();
      if (wanted.security === 'none' && !isLoopback(wanted.host)) throw new ParleyError('bad_input', 'Without TLS only an Asterisk on this machine is spoken to. Choose TLS.');
      const hasSecret = secret !== null || before.ami.hasSecret;
      if (wanted.isOn && (!hasSecret || wanted.user === '')) throw new ParleyError('bad_input', 'User and secret are those of manager.conf; both are needed.');
      await stopAmi();
      if (secret !== null) await deps.secrets.save(deps.accountId, { ami: secret });
      const kept = { ...before, ami: { ...wanted, hasSecret } };
      const seq = keep(kept, by);
      startAmi(kept);
      deps.onState();
      return { seq };
    },
    async saveExtensions(extensions, by) {
      const kept = { ...read(), extensions };
      await Promise.all([stopHttp(), stopAmi()]);
      const seq = keep(kept, by);
      startHttp(kept);
      startAmi(kept);
      deps.onState();
      return { seq };
    },
    async stop() {
      await Promise.all([stopHttp(), stopAmi()]);
    },
  };
}

const TOKEN_BYTES = 24;
function makeToken(random: Random): string {
  const bytes = new Uint8Array(TOKEN_BYTES);
  random.fill(bytes);
  return Buffer.from(bytes).toString('base64url');
}
