import { messageOf } from '../../kernel/index.ts';
import { twitterApi } from './library.ts';

/** What came back instead of a good answer, before it is understood. */
export type RawFailure =
  | { kind: 'answer'; status: number; headers: Record<string, string | string[] | undefined>; body: unknown }
  /** No answer. `mayHaveArrived` is false only when no byte of the request can have left this machine. */
  | { kind: 'network'; mayHaveArrived: boolean; cause: string }
  /** An answer began but cannot be read. */
  | { kind: 'unreadable'; status: number | null; cause: string };

export type XProblemCode =
  | 'rate_limited' | 'credits_depleted' | 'not_summoned' | 'duplicate' | 'too_long' | 'sign_in_needed' | 'client_not_enrolled'
  | 'over_limit' | 'missing_scope' | 'dm_not_allowed' | 'not_found' | 'refused' | 'server_error' | 'network' | 'malformed' | 'stopped';

export interface XProblem {
  code: XProblemCode;
  /** One sentence for a person. */
  sentence: string;
  /** Whether X may have carried the request out: `no` is proof. */
  mayHaveHappened: boolean;
  /** When X says it goes on, ms UTC. */
  retryAt: number | null;
  /** For the log: status and X's own words. */
  cause: string;
}

const SENTENCES = {
  rate_limited: 'X allows no more requests of this kind for now.',
  credits_depleted: 'The X account has no credits left; buy credits in X’s developer console.',
  not_summoned: 'X takes a reply only if the author mentioned us in that post or quoted one of ours.',
  duplicate: 'X says this text was already posted.',
  too_long: 'X says the text is too long.',
  sign_in_needed: 'X no longer accepts this sign-in; sign in again.',
  client_not_enrolled: 'The developer app behind this account is not enrolled in a plan that allows this; see X’s developer console.',
  missing_scope: 'The sign-in does not include the permission for this; sign in again and allow it.',
  dm_not_allowed: 'This person does not take direct messages from us.',
  not_found: 'The post is deleted or no longer visible to us.',
  server_error: 'X has trouble answering right now.',
  malformed: 'X, or something in between, answered with something that is not X’s format.',
  stopped: 'The connection was closed here.',
} as const satisfies Partial<Record<XProblemCode, string>>;

/** A good token of the wrong kind. */
const WRONG_TOKEN = {
  app: 'This is the app’s own token; X wants a token of the account’s user here.',
  user: 'This is a token of the account’s user; X wants the app’s own token here.',
} as const;

/** X gives these only in words (`type` is "about:blank"); "Tweet" and "Post" both occur. */
const FORBIDDEN_WORDS: readonly [RegExp, XProblemCode][] = [
  [/not been mentioned or otherwise engaged/i, 'not_summoned'],
  [/duplicate content/i, 'duplicate'],
  [/(?:text|post|tweet) is too long/i, 'too_long'],
  [/permission to DM|cannot send (?:direct )?messages to this user/i, 'dm_not_allowed'],
  [/that is deleted or not visible/i, 'not_found'],
  [/not configured with the appropriate oauth|oauth1? app permissions/i, 'missing_scope'],
];

/** Understands anything X, a gateway or the network can give. Pure; `now` in ms UTC. */
export function problemOf(raw: RawFailure, now: number): XProblem {
  if (raw.kind === 'network') {
    const sentence = raw.mayHaveArrived ? 'The connection to X broke before an answer came.' : 'X cannot be reached.';
    return { code: 'network', sentence, mayHaveHappened: raw.mayHaveArrived, retryAt: null, cause: raw.cause };
  }
  if (raw.kind === 'unreadable') {
    // A refusal stays a refusal even when its body is broken; a success with a broken body happened.
    const refused = raw.status !== null && raw.status >= 400 && raw.status < 500 && raw.status !== 408;
    return { ...simple('malformed', `${raw.status ?? 'no status'}: ${raw.cause}`), mayHaveHappened: !refused };
  }
  const { status } = raw;
  const words = wordsOf(raw.body);
  const cause = `${status} ${words.title} ${words.detail} ${words.type}`.replace(/\s+/g, ' ').trim().slice(0, 500);
  const type = words.type.split(/[/#]/).at(-1) ?? '';
  if (status === 429) return { ...simple('rate_limited', cause), retryAt: resetOf(raw.headers, now) };
  if (status === 402 || type === 'credits-depleted' || words.title === 'CreditsDepleted') return simple('credits_depleted', cause);
  // A gateway's page is not X speaking: refreshing a single-use token for it would be wasted.
  if (status === 401 && !words.isHtml) return simple('sign_in_needed', cause);
  if (type === 'unsupported-authentication') return { ...simple('missing_scope', cause), sentence: /application-only is forbidden/i.test(words.detail) ? WRONG_TOKEN.app : WRONG_TOKEN.user };
  if (type === 'client-not-enrolled' || words.reason === 'client-not-enrolled') return simple('client_not_enrolled', cause);
  if (status === 408 || status >= 500) return { ...simple('server_error', cause), mayHaveHappened: true, retryAt: retryAfterOf(raw.headers, now) };
  if (status < 400) return { ...simple('malformed', cause), mayHaveHappened: true };
  if (words.isHtml) return simple('malformed', cause);
  const code = FORBIDDEN_WORDS.find(([pattern]) => pattern.test(words.detail))?.[1];
  if (code !== undefined) return simple(code, cause);
  if (status === 410 || type === 'resource-not-found' || type === 'not-authorized-for-resource') return simple('not_found', cause);
  if (status === 404) return { ...simple('refused', cause), sentence: 'X does not know this request (404); check the API address.' };
  const said = words.detail || words.title;
  return { ...simple('refused', cause), sentence: said ? `X refused it: ${said.replace(/\s+/g, ' ').slice(0, 200).replace(/[.\s]*$/, '')}.` : `X refused it (status ${status}).` };
}

/**
 * X can answer a read with status 200 and nothing but errors. Those that name a post or user say that this one is gone; any other speaks
 * of the whole request, and taking it for an empty list would end a list early. Null for a real answer. Pure.
 */
export function refusedRead(body: object): RawFailure | null {
  if ('data' in body || 'meta' in body || 'includes' in body) return null;
  const error = firstError(body);
  if (typeof error !== 'object' || error === null || stringAt(error, 'resource_id') !== '' || stringAt(error, 'resource_type') !== '' || stringAt(error, 'value') !== '') return null;
  const status: unknown = Reflect.get(error, 'status');
  return { kind: 'answer', status: typeof status === 'number' ? status : 200, headers: {}, body };
}

function simple(code: XProblemCode, cause: string): XProblem {
  const sentence = code in SENTENCES ? SENTENCES[code as keyof typeof SENTENCES] : 'X refused it.';
  return { code, sentence, mayHaveHappened: false, retryAt: null, cause };
}

export const stoppedProblem = (mayHaveHappened: boolean): XProblem => ({ ...simple('stopped', 'closed'), mayHaveHappened });
export const malformedProblem = (cause: string): XProblem => ({ ...simple('malformed', cause), mayHaveHappened: true });
export const signInProblem = (cause: string): XProblem => simple('sign_in_needed', cause);
/** Our own spending limit, not X's. */
export const overLimitProblem = (sentence: string, retryAt: number): XProblem => ({ ...simple('over_limit', 'spending limit'), sentence, retryAt });
export const limitedProblem = (retryAt: number): XProblem => ({ ...simple('rate_limited', 'window used up'), retryAt });

interface Words { title: string; detail: string; type: string; reason: string; isHtml: boolean }

function wordsOf(body: unknown): Words {
  const none = { title: '', detail: '', type: '', reason: '', isHtml: false };
  if (typeof body === 'string') return { ...none, isHtml: body.trim() !== '' };
  if (typeof body !== 'object' || body === null) return none;
  const inner = firstError(body);
  const text = (name: string): string => stringAt(body, name) || stringAt(inner, name);
  return {
    title: text('title') || stringAt(body, 'error'),
    // X's 400 puts the telling sentence into errors[0].message and a general one into detail.
    detail: stringAt(inner, 'message') || text('detail') || stringAt(body, 'error_description'),
    type: text('type'), reason: text('reason'), isHtml: false,
  };
}

function firstError(body: object): unknown {
  const errors: unknown = 'errors' in body ? body.errors : undefined;
  return Array.isArray(errors) ? errors[0] : undefined;
}

function stringAt(value: unknown, name: string): string {
  if (typeof value !== 'object' || value === null) return '';
  const found: unknown = Reflect.get(value, name);
  return typeof found === 'string' ? found : '';
}

type Headers = Record<string, string | string[] | undefined>;

const numberAt = (headers: Headers, name: string): number | null => {
  const value = headers[name];
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
  return Number.isFinite(number) ? number : null;
};

/** The latest of the windows that are used up; a window with something left does not hold us back. */
function resetOf(headers: Headers, now: number): number | null {
  const resets = ['x-user-limit-24hour', 'x-app-limit-24hour']
    .filter((name) => numberAt(headers, `${name}-remaining`) === 0)
    .map((name) => numberAt(headers, `${name}-reset`));
  if (numberAt(headers, 'x-rate-limit-remaining') === 0 || resets.length === 0) resets.push(numberAt(headers, 'x-rate-limit-reset'));
  const known = resets.filter((reset) => reset !== null).map((reset) => reset * 1_000);
  return known.length > 0 ? Math.max(...known) : retryAfterOf(headers, now);
}

function retryAfterOf(headers: Headers, now: number): number | null {
  const seconds = numberAt(headers, 'retry-after');
  if (seconds !== null) return now + seconds * 1_000;
  const value = headers['retry-after'];
  const at = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(at) ? null : at;
}

/** The library's errors as raw failures. `trace` is what the socket showed: the library itself keeps neither the cause nor the stage. */
export function rawOf(error: unknown, trace: { mayHaveArrived: boolean; cause: string | null }): RawFailure {
  const { ApiPartialResponseError, ApiRequestError, ApiResponseError } = twitterApi();
  if (error instanceof ApiResponseError) return { kind: 'answer', status: error.code, headers: error.headers, body: error.data };
  if (error instanceof ApiPartialResponseError) {
    return { kind: 'unreadable', status: error.response.statusCode ?? null, cause: trace.cause ?? messageOf(error.responseError ?? error) };
  }
  if (error instanceof ApiRequestError) return { kind: 'network', mayHaveArrived: trace.mayHaveArrived, cause: trace.cause ?? error.message };
  return { kind: 'network', mayHaveArrived: trace.mayHaveArrived, cause: messageOf(error) };
}
