import { messageOf, pictureType } from '../../kernel/index.ts';
import type { ChannelEvent } from '../port.ts';
import { rhythm } from './prices.ts';
import type { ReadOutcome } from './read-posts.ts';
import { deliver, type XRuntime } from './runtime.ts';

type MediaEvent = Extract<ChannelEvent, { type: 'media' }>;

/** X's media host. A company gateway may serve media itself: what lies under the API's own address is fetched, too. */
export const MEDIA_BASE = 'https://pbs.twimg.com';

/** Whether a picture may be fetched from there. Pure. Credentials are never sent along. */
export function isMediaUrl(url: string, bases: readonly string[]): boolean {
  const origin = (value: string): string | null => {
    try {
      const parsed = new URL(value);
      return parsed.username || parsed.password ? null : parsed.origin;
    } catch {
      return null;
    }
  };
  const asked = origin(url);
  return asked !== null && bases.some((base) => origin(base) === asked);
}

/** Fetches pictures that messages wait for, newest first, a few at once. What cannot be had now is tried again later, a few times. */
export async function fetchMedia(runtime: XRuntime, bases: readonly string[], signal: AbortSignal): Promise<ReadOutcome & { hasMore: boolean }> {
  const { context } = runtime;
  let found = 0;
  const wanted = context.wantedMedia(rhythm.mediaPerRound);
  for (let i = 0; i < wanted.length && !signal.aborted; i += rhythm.mediaAtOnce) {
    const events = await Promise.all(wanted.slice(i, i + rhythm.mediaAtOnce).map(async ({ externalId, key, url, tries }): Promise<MediaEvent | null> => {
      const event = { type: 'media' as const, externalId, key, file: null, retryAt: null };
      if (!isMediaUrl(url, bases)) return event;
      const got = await fetchPicture(url, runtime, signal);
      if (signal.aborted) return null;
      if (got === 'gone' || (got === 'later' && tries + 1 >= rhythm.mediaTries)) return event;
      if (got === 'later') return { ...event, retryAt: context.clock.now() + rhythm.mediaRetryMs * 4 ** tries };
      return { ...event, file: { sha256: context.files.put(got.bytes), name: `${key}.${EXTENSIONS[got.type] ?? 'img'}`, type: got.type, size: got.bytes.length, contentId: `x-media:${key}`, alt: null } };
    }));
    const settled = events.filter((event) => event !== null);
    if (settled.length > 0) await deliver(runtime, 'live', settled, {});
    found += settled.filter((event) => event.file !== null).length;
  }
  return { found, problem: null, hasMore: wanted.length === rhythm.mediaPerRound };
}

const EXTENSIONS: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/gif': 'gif', 'image/webp': 'webp' };

/** `gone`: there is no such picture, or it is none. */
async function fetchPicture(url: string, runtime: XRuntime, signal: AbortSignal): Promise<{ type: string; bytes: Uint8Array } | 'gone' | 'later'> {
  const stop = new AbortController();
  const cancel = runtime.context.clock.after(rhythm.mediaMs, () => stop.abort());
  try {
    const answer = await fetch(url, { redirect: 'error', credentials: 'omit', referrerPolicy: 'no-referrer', signal: AbortSignal.any([stop.signal, signal]) });
    if (!answer.ok) {
      await answer.body?.cancel();
      return answer.status === 429 || answer.status === 408 || answer.status >= 500 ? 'later' : 'gone';
    }
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of answer.body ?? []) {
      size += chunk.length;
      if (size > rhythm.mediaBytes) return 'gone';
      chunks.push(chunk);
    }
    const bytes = Buffer.concat(chunks);
    const type = pictureType(bytes);
    return type === null ? 'gone' : { type, bytes };
  } catch (error) {
    runtime.context.log.warn('x.mediaUnread', { error: messageOf(error) });
    return 'later';
  } finally {
    cancel();
  }
}
