/** The people and stories the sample files are made of. Times are written as "how long before SAMPLE_NOW": `12d3h`, `45m`. */
export type Language = 'en' | 'hi' | 'bn' | 'pt' | 'ms';
export type Basis = 'told us' | 'own signature' | 'consent' | 'public profile';
export type Agent = 'RB' | 'DK' | 'LM' | 'NS' | 'TC';

export type Extra = {
  /** Also as HTML (multipart/alternative). */
  html?: true;
  /** No quoted original below the text. */
  bare?: true;
  attach?: readonly ('speed.png' | 'lights.png' | 'invoice.txt' | 'router-log.txt' | 'return-label.txt')[];
  cc?: string;
  /** Post deleted later by its author; only in the archive's deleted-tweets (ours) or a tombstone in the peer (theirs). */
  deleted?: true;
};

export type Turn = { from: 'in' | 'out'; ago: string; text: string; agent?: Agent; extra?: Extra };

export type Story =
  | { kind: 'mail'; subject: string; turns: Turn[] }
  /** Public posts. `none` = speaks of us without any @. */
  | { kind: 'x'; to: 'acmecare' | 'acme' | 'none'; turns: Turn[] }
  | { kind: 'dm'; turns: Turn[] }
  | { kind: 'call'; direction: 'inbound' | 'outbound'; ago: string; seconds: number; result: 'answered' | 'missed' | 'voicemail' | 'no_answer' | 'busy' | 'callback'; agent: Agent | ''; note: string; disposition: string };

export type Person = {
  name: string;
  language: Language;
  email?: string;
  phone?: string;
  handle?: string;
  basis?: Basis;
  vip?: string;
  tags?: string;
  note?: string;
  /** Below her mails. */
  signature?: string;
  stories: Story[];
};

/** They write. */
export const i = (ago: string, text: string, extra?: Extra): Turn => ({ from: 'in', ago, text, ...(extra ? { extra } : {}) });
/** We write. */
export const o = (ago: string, agent: Agent, text: string, extra?: Extra): Turn => ({ from: 'out', ago, agent, text, ...(extra ? { extra } : {}) });
export const mail = (subject: string, ...turns: Turn[]): Story => ({ kind: 'mail', subject, turns });
export const care = (...turns: Turn[]): Story => ({ kind: 'x', to: 'acmecare', turns });
export const main = (...turns: Turn[]): Story => ({ kind: 'x', to: 'acme', turns });
export const aside = (...turns: Turn[]): Story => ({ kind: 'x', to: 'none', turns });
export const dm = (...turns: Turn[]): Story => ({ kind: 'dm', turns });

type CallResult = Extract<Story, { kind: 'call' }>['result'];
export const callIn = (ago: string, seconds: number, result: CallResult, agent: Agent | '', disposition: string, note: string): Story =>
  ({ kind: 'call', direction: 'inbound', ago, seconds, result, agent, note, disposition });
export const callOut = (ago: string, seconds: number, result: CallResult, agent: Agent, disposition: string, note: string): Story =>
  ({ kind: 'call', direction: 'outbound', ago, seconds, result, agent, note, disposition });
