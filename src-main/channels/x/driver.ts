import type { TestStep } from '../../../src-preload/contract/index.ts';
import { ParleyError } from '../../kernel/index.ts';
import type { ChannelDriver } from '../port.ts';
import { openX } from './channel.ts';
import { LIST_SUBSCRIPTIONS } from './activity-subscriptions.ts';
import { makeClient, type XClient } from './client.ts';
import { prices } from './prices.ts';
import { priceOf, sendPrices } from './send-prices.ts';
import { mediaProblem } from './media-limits.ts';
import { parseConfig, shownConfig, splitInput } from './config.ts';
import { createSession, xSecrets } from './session.ts';
import { parsePosts, parseUser } from './shapes.ts';
import { startSignIn } from './sign-in.ts';
import { splitPost } from './split.ts';
import { hasLink } from './weigh.ts';

/** X posts and direct messages through X API v2 (X developer documentation, August 2026). */
export const xDriver: ChannelDriver = { kind: 'x', prices: sendPrices, priceList: prices, priceOf: (mode, text, isContinued) => priceOf(mode, hasLink(text), isContinued)?.usd ?? 0, splitPost, split: splitInput, keptSecrets: ['appBearer'], fileProblem: (mode, files) => (mode === 'mail' ? null : mediaProblem(mode === 'dm' ? 'dm' : 'post', files)), open: openX, test: testX, signIn: startSignIn, shown: shownConfig };

async function testX(config: unknown, secrets: Record<string, string>, deps: Parameters<ChannelDriver['test']>[2]): ReturnType<ChannelDriver['test']> {
  const steps: TestStep[] = [];
  const step = (name: string, ok: boolean, message: string): boolean => {
    steps.push({ step: name, ok, message });
    return ok;
  };
  let client: XClient | null = null;
  const stop = (): void => client?.close();
  try {
    const { apiBase } = parseConfig(config);
    client = makeClient(apiBase, deps.clock);
    deps.signal.addEventListener('abort', stop, { once: true });
    if (deps.signal.aborted) stop();
    step('Address', true, `${new URL(apiBase).host} can be used.`);
    if (!xSecrets.safeParse(secrets).success) return { steps: [...steps, { step: 'Sign in', ok: false, message: 'The tokens are not complete.' }], address: null };

    // An account under test is not stored, so a renewed pair would be lost and the sign-in with it: no renewal here.
    const session = createSession(client, { secrets: () => Promise.resolve(withoutRenewal(secrets)), saveSecrets: () => Promise.resolve() }, deps);
    const me = await session.send({ method: 'GET', path: '/2/users/me' });
    const isReached = me.ok || !['network', 'stopped', 'malformed', 'server_error'].includes(me.problem.code);
    if (!step('Connect', isReached, isReached ? 'X answers.' : sentenceOf(me))) return { steps, address: null };
    const user = me.ok ? parseUser(me.body) : null;
    if (!me.ok && me.problem.code === 'sign_in_needed' && secrets['refreshToken']) {
      step('Sign in', false, 'The access token has expired or was withdrawn; get a fresh one (it lives for two hours) and try again.');
      return { steps, address: null };
    }
    if (!me.ok && me.problem.code === 'sign_in_needed') {
      step('Sign in', false, 'X does not accept these tokens; copy all of them anew from X’s developer console.');
      return { steps, address: null };
    }
    if (!step('Sign in', user !== null, user ? `Signed in as @${user.username}.` : sentenceOf(me)) || !user) return { steps, address: null };
    const mentions = await session.send({ method: 'GET', path: '/2/users/:id/mentions', params: { id: user.id }, query: { max_results: 5, 'tweet.fields': 'author_id' } });
    const count = mentions.ok ? parsePosts(mentions.body).items.length : 0;
    step('Read mentions', mentions.ok, mentions.ok ? (count > 0 ? 'Mentions can be read.' : 'Mentions can be read; there are none yet.') : sentenceOf(mentions));
    const { appBearer } = secrets;
    if (appBearer) {
      const answer = await client.request(appBearer, LIST_SUBSCRIPTIONS);
      step('Activity stream', answer.ok, answer.ok ? 'X accepts the app’s token.' : answer.problem.code === 'sign_in_needed' ? 'X does not accept the app’s bearer token; leave it out or copy it anew.' : answer.problem.sentence);
    }
    return { steps, address: `@${user.username}` };
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    step('Address', false, error.message);
    return { steps, address: null };
  } finally {
    deps.signal.removeEventListener('abort', stop);
    stop();
  }
}

function withoutRenewal(secrets: Record<string, string>): Record<string, string> {
  const { refreshToken: _, ...others } = secrets;
  return others;
}

const sentenceOf = (result: { ok: true } | { ok: false; problem: { sentence: string } }): string => (result.ok ? 'X’s answer cannot be understood.' : result.problem.sentence);
