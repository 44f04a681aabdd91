import { mediaLimits } from './prices.ts';

type Kind = 'image' | 'gif' | 'video';
interface File { name: string; type: string; size: number }

const KINDS: Readonly<Record<string, Kind>> = { 'image/jpeg': 'image', 'image/png': 'image', 'image/webp': 'image', 'image/gif': 'gif', 'video/mp4': 'video', 'video/quicktime': 'video' };
const WORDS: Readonly<Record<Kind, string>> = { image: 'a picture', gif: 'a GIF', video: 'a video' };

/** What X makes of a file; null when it takes none of that kind. */
export const mediaKind = (type: string): Kind | null => KINDS[type] ?? null;

const megabytes = (bytes: number): string => `${Math.round(bytes / 100_000) / 10} MB`;

/** Why X would not take these files with a post or direct message, in one sentence; null when it would. Pure. */
export function mediaProblem(mode: 'post' | 'dm', files: readonly File[]): string | null {
  for (const { name, type, size } of files) {
    const kind = mediaKind(type);
    if (kind === null) return `X takes JPEG, PNG, WebP, GIF, MP4 and MOV, not “${name}”.`;
    if (size > mediaLimits.bytes[kind]) return `“${name}” has ${megabytes(size)}; X takes ${WORDS[kind]} of at most ${megabytes(mediaLimits.bytes[kind])}.`;
    if (size === 0) return `“${name}” is empty.`;
  }
  if (mode === 'dm') return files.length > mediaLimits.perDm ? `A direct message carries ${mediaLimits.perDm} file, not ${files.length}.` : null;
  if (files.length > mediaLimits.perPost) return `A post carries ${mediaLimits.perPost} pictures, not ${files.length}.`;
  if (files.length > 1 && files.some(({ type }) => mediaKind(type) !== 'image')) return 'A post carries up to four pictures, or one GIF, or one video, not both.';
  return null;
}
