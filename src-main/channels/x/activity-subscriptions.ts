import { z } from 'zod';
import type { Log } from '../../kernel/index.ts';
import { ACTIVITY_EVENTS } from './activity-state.ts';
import type { XClient, XRequest, XResult } from './client.ts';
import type { XSession } from './session.ts';

const known = z.object({ event_type: z.string(), filter: z.object({ user_id: z.string().optional() }).optional() });
const list = z.object({ data: z.array(z.unknown()).optional() });

export const LIST_SUBSCRIPTIONS: XRequest = { method: 'GET', path: '/2/activity/subscriptions' };

/**
 * Asks X to send what concerns this account, as far as it is not asked for already. Private events are asked for as the account itself,
 * the others as the app. What X refuses is left out: polling reads it anyway. Answers whether all was asked.
 */
export async function subscribeTo(userId: string, bearer: string, deps: { client: XClient; session: XSession; log: Log }): Promise<boolean> {
  const answer = await deps.client.request(bearer, LIST_SUBSCRIPTIONS);
  if (!answer.ok) {
    deps.log.warn('x.activitySubscriptions', { code: answer.problem.code });
    return false;
  }
  const there = (list.safeParse(answer.body).data?.data ?? []).flatMap((entry) => known.safeParse(entry).data ?? []);
  let isWhole = true;
  for (const { type, isPrivate } of ACTIVITY_EVENTS) {
    if (there.some((one) => one.event_type === type && one.filter?.user_id === userId)) continue;
    const request: XRequest = { method: 'POST', path: '/2/activity/subscriptions', body: { event_type: type, filter: { user_id: userId }, tag: 'parley' } };
    const made: XResult = isPrivate ? await deps.session.send(request) : await deps.client.request(bearer, request);
    if (made.ok) continue;
    deps.log.warn('x.activityNotSubscribed', { type, code: made.problem.code, cause: made.problem.cause });
    // Refused stays refused; anything else may pass.
    if (made.problem.code === 'network' || made.problem.code === 'server_error' || made.problem.code === 'rate_limited') isWhole = false;
  }
  return isWhole;
}
