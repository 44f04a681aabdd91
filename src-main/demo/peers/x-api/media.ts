import type { Answer } from './errors.ts';
import { forbidden, invalid } from './errors.ts';
import { nextId } from './ids.ts';
import type { ReadContext } from './reads.ts';
import type { XMedia, XState } from './state.ts';
import { dayMs, mediaBytesMax } from './terms.ts';
import type { WriteContext } from './writes.ts';

/** Media types X takes, with what it makes of them. */
const kinds: Readonly<Record<string, 'image' | 'gif' | 'video'>> = {
  'image/jpeg': 'image', 'image/png': 'image', 'image/webp': 'image', 'image/gif': 'gif', 'video/mp4': 'video', 'video/quicktime': 'video',
};
const segmentBytesMax = 5 * 1024 * 1024;
const altMax = 1000;

/** Bytes of media, by id: uploads of this run; a world that outlives it serves only what it makes itself. */
export type Blobs = Map<string, { segments: Map<number, Uint8Array> }>;

export const mediaKind = (media: XMedia): 'image' | 'gif' | 'video' => kinds[media.type] ?? 'image';
export const mediaKey = (state: XState, id: string): string => {
  const media = state.media[id];
  return `${media === undefined || mediaKind(media) === 'image' ? 3 : mediaKind(media) === 'gif' ? 16 : 7}_${id}`;
};

/** POST /2/media/upload/initialize. */
export function mediaInitialize(ctx: WriteContext): Answer {
  const type = String(ctx.body['media_type'] ?? '');
  const category = String(ctx.body['media_category'] ?? '');
  const bytes = Number(ctx.body['total_bytes'] ?? 0);
  const kind = kinds[type];
  if (kind === undefined) throw invalid('media_type', type, '$.media_type: does not have a value in the enumeration');
  if (category !== `tweet_${kind}` && category !== `dm_${kind}`) throw invalid('media_category', category, '$.media_category: does not fit the media type');
  const max = mediaBytesMax[kind];
  if (!(bytes > 0) || bytes > max) throw invalid('total_bytes', String(bytes), `$.total_bytes: must be between 1 and ${max}`);
  const media: XMedia = { id: nextId(ctx.state, ctx.nowMs), ownerId: ctx.caller.userId, type, category, bytes, got: 0, ready: false, expiresAt: ctx.nowMs + dayMs };
  ctx.state.media[media.id] = media;
  ctx.blobs.set(media.id, { segments: new Map() });
  return { status: 200, body: { data: uploadData(ctx.state, media) } };
}

/** POST /2/media/upload/:id/append: one segment; the same again replaces it. */
export function mediaAppend(ctx: WriteContext): Answer {
  const media = ownMedia(ctx, ctx.path[4] ?? '');
  const chunk = ctx.body['media'];
  const index = Number(ctx.body['segment_index'] ?? NaN);
  if (!Number.isInteger(index) || index < 0 || index > 999) throw invalid('segment_index', String(ctx.body['segment_index']), '$.segment_index: must be between 0 and 999');
  if (!(chunk instanceof Uint8Array)) throw invalid('media', undefined, '$.media: is missing but it is required');
  if (chunk.length > segmentBytesMax) throw invalid('media', undefined, `$.media: must be at most ${segmentBytesMax} bytes`);
  const blob = ctx.blobs.get(media.id);
  if (media.ready || media.processing || !blob) throw invalid('id', media.id, 'Invalid media id.');
  blob.segments.set(index, chunk);
  media.got = [...blob.segments.values()].reduce((sum, one) => sum + one.length, 0);
  return { status: 200, body: { data: { expires_at: Math.floor((media.expiresAt ?? 0) / 1000) } } };
}

/** POST /2/media/upload/:id/finalize: refused until every byte came; films and animations are processed for a while. */
export function mediaFinalize(ctx: WriteContext): Answer {
  const media = ownMedia(ctx, ctx.path[4] ?? '');
  const bytes = bytesOf(ctx.blobs, media.id);
  if (bytes?.length !== media.bytes) throw invalid('id', media.id, 'Segments do not add up to provided total file size.');
  if (!looksLike(media.type, bytes)) throw invalid('id', media.id, 'Uploaded media content does not match media category.');
  if (mediaKind(media) === 'image') media.ready = true;
  else media.processing = { left: 2 };
  return { status: 200, body: { data: uploadData(ctx.state, media) } };
}

/** GET /2/media/upload?command=STATUS. */
export function mediaStatus(ctx: ReadContext): Answer {
  if (ctx.params.get('command') !== 'STATUS') throw invalid('command', ctx.params.get('command'), 'The `command` query parameter value is not STATUS');
  const media = ownMedia(ctx, ctx.params.get('media_id') ?? '');
  if (media.processing && !media.processing.error) {
    media.processing.left -= 1;
    media.ready = media.processing.left <= 0;
  }
  return { status: 200, body: { data: uploadData(ctx.state, media) } };
}

/** POST /2/media/metadata: the description for who cannot see it. */
export function mediaMetadata(ctx: WriteContext): Answer {
  const media = ownMedia(ctx, String(ctx.body['id'] ?? ''));
  const metadata = ctx.body['metadata'] as { alt_text?: { text?: unknown } } | undefined;
  const text = metadata?.alt_text?.text;
  if (typeof text !== 'string' || text === '' || text.length > altMax) throw invalid('metadata.alt_text.text', undefined, `$.metadata.alt_text.text: must be 1 to ${altMax} characters long`);
  media.alt = text;
  return { status: 200, body: { data: { id: media.id, associated_metadata: { alt_text: { text } } } } };
}

/** What a post or message may carry: own media, ready, made for it; four pictures, or one film or animation. */
export function checkMedia(ctx: WriteContext, ids: string[], where: 'tweet' | 'dm'): string[] {
  const media = ids.map((id) => ctx.state.media[id]);
  const good = media.every((one) => one?.ready === true && one.ownerId === ctx.caller.userId && one.category.startsWith(`${where}_`) && (one.expiresAt ?? Infinity) > ctx.nowMs);
  const moving = media.filter((one) => one && mediaKind(one) !== 'image').length;
  if (!good || new Set(ids).size < ids.length || ids.length > (where === 'dm' || moving > 0 ? 1 : 4)) throw invalid('media.media_ids', ids.join(','), 'Your media IDs are invalid.');
  return ids;
}

/** Media as `includes.media` shows it, with the fields asked for. */
export function renderMedia(state: XState, id: string, fields: readonly string[]): Record<string, unknown> {
  const media = state.media[id];
  const kind = media ? mediaKind(media) : 'image';
  const out: Record<string, unknown> = { media_key: mediaKey(state, id), type: kind === 'image' ? 'photo' : kind === 'gif' ? 'animated_gif' : 'video' };
  const address = `${state.mediaBase ?? ''}/media/${id}`;
  const all: Record<string, unknown> = {
    url: kind === 'image' ? address : undefined, preview_image_url: kind === 'image' ? undefined : address, alt_text: media?.alt, width: media?.width, height: media?.height,
    duration_ms: kind === 'video' ? media?.durationMs : undefined,
  };
  for (const field of fields) if (all[field] !== undefined) out[field] = all[field];
  return out;
}

export function bytesOf(blobs: Blobs, id: string): Uint8Array | undefined {
  const segments = blobs.get(id)?.segments;
  return segments && Buffer.concat([...segments].sort(([a], [b]) => a - b).map(([, bytes]) => bytes));
}

function ownMedia(ctx: Pick<WriteContext, 'state' | 'caller'>, id: string): XMedia {
  const media = ctx.state.media[id];
  if (!media) throw invalid('id', id, 'Invalid media id.');
  if (media.ownerId !== ctx.caller.userId) throw forbidden('You are not permitted to perform this action.');
  return media;
}

function uploadData(state: XState, media: XMedia): object {
  const { processing } = media;
  const info = processing === undefined ? undefined
    : processing.error ? { state: 'failed', error: { code: 1, name: 'InvalidMedia', message: processing.error } }
      : processing.left <= 0 ? { state: 'succeeded', progress_percent: 100 } : { state: processing.left > 1 ? 'pending' : 'in_progress', check_after_secs: 1 };
  return { id: media.id, media_key: mediaKey(state, media.id), size: media.bytes, expires_after_secs: dayMs / 1000, ...(info ? { processing_info: info } : {}) };
}

function looksLike(type: string, bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  switch (type) {
    case 'image/jpeg': return head.startsWith('\xff\xd8\xff');
    case 'image/png': return head.startsWith('\x89PNG');
    case 'image/gif': return head.startsWith('GIF8');
    case 'image/webp': return head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP';
    default: return head.slice(4, 8) === 'ftyp';
  }
}
