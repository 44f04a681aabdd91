import { ImageOff } from 'lucide-react';
import { isShowable, type MediaTile } from '../state/media/media.ts';
import { usePicture } from '../state/media/pictures.ts';

/** The picture of a tile, or the place where it will be. */
export function Picture({ tile, alt }: { tile: MediaTile; alt: string }) {
  const url = usePicture(isShowable(tile) ? (tile.attachment?.id ?? null) : null);
  if (!isShowable(tile) || url === 'none') return <span className="media-none"><ImageOff size={18} aria-hidden="true" /><span className="visually-hidden">{alt}</span></span>;
  return url === null ? <span className="media-none" aria-busy="true" /> : <img src={url} alt={alt} />;
}
