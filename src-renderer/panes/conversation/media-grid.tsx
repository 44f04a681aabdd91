import { Play } from 'lucide-react';
import type { Entry } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { isShowable, type MediaTile } from '../../state/media/media.ts';
import { setState } from '../../state/store.ts';
import { stopwatch } from '../../state/words/time.ts';
import { Picture } from '../../ui/picture.tsx';

/** Between a tall and a wide picture: a single one keeps its shape, within reason. */
const shapeOf = ({ width, height }: MediaTile): number => (width === null || height === null || height === 0 ? 4 / 3 : Math.min(2.2, Math.max(0.75, width / height)));

/** Pictures of a post or message, as large as they help; a click or Enter opens them in full. */
export function MediaGrid({ entry, tiles }: { entry: Entry; tiles: readonly MediaTile[] }) {
  const [only] = tiles;
  const isOne = tiles.length === 1 && only !== undefined;
  return (
    <figure className={`media-grid is-${Math.min(4, tiles.length)}`} data-test="media">
      {tiles.map((tile, at) => {
        const words = tile.alt ?? t('media.undescribed', { kind: t(`media.kind.${tile.kind}`) });
        return (
          <button
            key={tile.key} type="button" className="media-tile" title={tile.alt ?? ''} style={isOne ? { aspectRatio: shapeOf(tile) } : undefined}
            onClick={() => setState({ dialog: { type: 'picture', entryId: entry.id, at } })}
          >
            <Picture tile={tile} alt={words} />
            {tile.kind === 'video' && <span className="media-play"><Play size={18} fill="currentColor" aria-hidden="true" /></span>}
            <span className="media-badges">
              {tile.kind === 'gif' && <span className="media-badge">GIF</span>}
              {tile.kind === 'video' && tile.durationMs !== null && <span className="media-badge">{stopwatch(tile.durationMs)}</span>}
              {tile.alt !== null && !isOne && <span className="media-badge" aria-hidden="true">ALT</span>}
            </span>
            {!isShowable(tile) && <span className="media-missing">{tile.attachment === null ? t('media.missing') : tile.attachment.name}</span>}
          </button>
        );
      })}
      {isOne && only.alt !== null && <figcaption className="media-alt" dir="auto">{only.alt}</figcaption>}
    </figure>
  );
}
