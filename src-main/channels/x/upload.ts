import { z } from 'zod';
import type { OutgoingItem, PrepareOutcome, StoredFile } from '../port.ts';
import { malformedProblem, type XProblem } from './errors.ts';
import { mediaKind, mediaProblem } from './media-limits.ts';
import { mediaLimits } from './prices.ts';
import { call, type XRuntime } from './runtime.ts';
import { outcomeOf } from './outcome.ts';

/** How far a file has come. An upload may be repeated as often as need be: X shows nothing of it before a post names it. */
export interface Upload {
  mediaId: string;
  /** Bytes X has. */
  sent: number;
  stage: 'append' | 'process' | 'describe' | 'ready';
  expiresAt: number;
}

const uploadAnswer = z.object({
  data: z.object({
    id: z.string().regex(/^\d{1,19}$/), expires_after_secs: z.number().optional(),
    processing_info: z.object({ state: z.string(), check_after_secs: z.number().optional(), error: z.object({ message: z.string().optional() }).optional() }).optional(),
  }),
});
type Answer = z.infer<typeof uploadAnswer>['data'];

const keyOf = (item: OutgoingItem, file: StoredFile): string => `${item.mode} ${file.sha256} ${file.alt ?? ''}`;

/** Ids of the item's media in its order; null when one is not (or no longer) ready. */
export function mediaIdsOf(runtime: XRuntime, item: OutgoingItem): string[] | null {
  const now = runtime.context.clock.now();
  const ids = item.files.flatMap((file) => {
    const upload = runtime.uploads.get(keyOf(item, file));
    return upload?.stage === 'ready' && upload.expiresAt > now ? [upload.mediaId] : [];
  });
  return ids.length === item.files.length ? ids : null;
}

/** Brings the item's files to X before the one attempt to post it. Goes on where a broken line stopped it. Null = all are there. */
export async function prepareMedia(runtime: XRuntime, item: OutgoingItem, signal: AbortSignal): Promise<PrepareOutcome | null> {
  if (item.files.length === 0 || item.mode === 'mail') return null;
  const problem = mediaProblem(item.mode === 'dm' ? 'dm' : 'post', item.files);
  if (problem !== null) return { type: 'refused', problem };
  const { clock } = runtime.context;
  for (const [key, upload] of runtime.uploads) if (upload.expiresAt <= clock.now()) runtime.uploads.delete(key);
  for (const file of item.files) {
    const failed = await uploadFile(runtime, item, file, signal);
    if (failed === null) continue;
    if (failed.code === 'refused' || failed.code === 'not_found') runtime.uploads.delete(keyOf(item, file));
    const outcome = outcomeOf({ ...failed, mayHaveHappened: false }, item, clock.now());
    if (outcome.type === 'sent' || outcome.type === 'unknown' || outcome.type === 'done') throw new Error('an upload sends nothing');
    return outcome;
  }
  return null;
}

async function uploadFile(runtime: XRuntime, item: OutgoingItem, file: StoredFile, signal: AbortSignal): Promise<XProblem | null> {
  const { clock } = runtime.context;
  const kind = mediaKind(file.type) ?? 'image';
  const key = keyOf(item, file);
  const ask = async (request: Parameters<typeof call>[2]): Promise<Answer | XProblem> => {
    const result = await call(runtime, 'media', request);
    if (!result.ok) return result.problem;
    const parsed = uploadAnswer.safeParse(result.body);
    return parsed.success ? parsed.data.data : malformedProblem('media upload');
  };
  let upload = runtime.uploads.get(key);
  if (upload === undefined) {
    const begun = await ask({ method: 'POST', path: '/2/media/upload/initialize', body: { media_type: file.type, total_bytes: file.size, media_category: `${item.mode === 'dm' ? 'dm' : 'tweet'}_${kind}` } });
    if ('code' in begun) return begun;
    // A little less than X says: the post still has to be made.
    upload = { mediaId: begun.id, sent: 0, stage: 'append', expiresAt: clock.now() + (begun.expires_after_secs ?? 3_600) * 900 };
    runtime.uploads.set(key, upload);
  }
  const params = { id: upload.mediaId };
  while (upload.stage === 'append') {
    if (signal.aborted) return stopped();
    if (upload.sent < file.size) {
      const to = Math.min(file.size, upload.sent + mediaLimits.chunkBytes);
      const result = await call(runtime, 'media', {
        method: 'POST', path: '/2/media/upload/:id/append', params, isForm: true,
        body: { segment_index: String(upload.sent / mediaLimits.chunkBytes), media: Buffer.from(runtime.context.files.slice(file.sha256, upload.sent, to)) },
      });
      if (!result.ok) return result.problem;
      upload.sent = to;
      continue;
    }
    const ended = await ask({ method: 'POST', path: '/2/media/upload/:id/finalize', params });
    if ('code' in ended) return ended;
    upload.stage = ended.processing_info && ended.processing_info.state !== 'succeeded' ? 'process' : 'describe';
  }
  while (upload.stage === 'process') {
    const answer = await ask({ method: 'GET', path: '/2/media/upload', query: { command: 'STATUS', media_id: upload.mediaId } });
    if ('code' in answer) return answer;
    const { state = 'succeeded', check_after_secs: wait = 1, error } = answer.processing_info ?? {};
    if (state === 'failed') return { ...malformedProblem(error?.message ?? 'processing failed'), code: 'refused', sentence: `X could not process “${file.name}”${error?.message === undefined ? '' : `: ${error.message.slice(0, 200)}`}.` };
    if (state === 'succeeded') upload.stage = 'describe';
    else if (!(await pause(runtime, wait * 1_000, signal))) return stopped();
  }
  if (upload.stage === 'describe') {
    if (file.alt !== null && kind !== 'video') {
      const result = await call(runtime, 'media', { method: 'POST', path: '/2/media/metadata', body: { id: upload.mediaId, metadata: { alt_text: { text: file.alt } } } });
      if (!result.ok) return result.problem;
    }
    upload.stage = 'ready';
  }
  return null;
}

const stopped = (): XProblem => ({ code: 'stopped', sentence: 'The connection was closed here.', mayHaveHappened: false, retryAt: null, cause: 'closed' });

/** False when it is to stop. */
function pause(runtime: XRuntime, ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const done = (goOn: boolean): void => {
      cancel();
      signal.removeEventListener('abort', stop);
      resolve(goOn);
    };
    const stop = (): void => done(false);
    const cancel = runtime.context.clock.after(ms, () => done(true));
    signal.addEventListener('abort', stop, { once: true });
  });
}
