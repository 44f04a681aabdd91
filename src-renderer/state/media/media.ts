import type { Attachment, Entry, MediaItem } from '../../../src-preload/contract/index.ts';

export interface MediaTile {
  readonly key: string;
  readonly kind: MediaItem['kind'];
  readonly alt: string | null;
  /** null: not on this machine (yet). */
  readonly attachment: Attachment | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly durationMs: number | null;
}

const kindOf = (type: string): MediaItem['kind'] | null => (type === 'image/gif' ? 'gif' : type.startsWith('image/') ? 'photo' : type.startsWith('video/') ? 'video' : null);

/** What a post or message shows beside its text: what X told of, and what we attached ourselves; `files` are the rest. */
export function mediaOf(entry: Entry): { readonly tiles: readonly MediaTile[]; readonly files: readonly Attachment[] } {
  const { detail, attachments } = entry;
  if (detail.type !== 'post' && detail.type !== 'dm') return { tiles: [], files: attachments };
  const told = (detail.media ?? []).map((item): MediaTile => ({ ...item, attachment: attachments.find((file) => file.mediaKey === item.key) ?? null }));
  const taken = new Set(told.map((tile) => tile.attachment));
  const tiles = [...told];
  const files: Attachment[] = [];
  for (const file of attachments) {
    const kind = kindOf(file.type);
    if (taken.has(file)) continue;
    if (kind === null) files.push(file);
    else tiles.push({ key: file.id, kind, alt: file.alt, attachment: file, width: null, height: null, durationMs: null });
  }
  return { tiles, files };
}

/** Of a film of ours only the file is here, no still picture of it. */
export const isShowable = (tile: MediaTile): boolean => tile.attachment?.type.startsWith('image/') === true;
