export { numberTyped, phoneParty, readNumber } from './number.ts';
export { isDialLink, readDialLink } from './dial-link.ts';
export { hashToken, openHttpSource } from './http-source.ts';
export { isLoopback, openAmiSource, type AmiConfig } from './ami/source.ts';
export type { CallSignal, CallSource, SourceState } from './signal.ts';
