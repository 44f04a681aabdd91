import { useEffect, useState } from 'react';
import { ChevronLeft, ChevronRight, Download, ExternalLink } from 'lucide-react';
import { call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { mediaOf } from '../../../state/media/media.ts';
import { useApp } from '../../../state/store.ts';
import { toast } from '../../../state/toasts.ts';
import { OutLink } from '../../../ui/linked-text.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { Picture } from '../../../ui/picture.tsx';

/** Pictures of one post or message in full, with what their sender says they show. Arrows walk, Escape closes. */
export default function PictureDialog({ entryId, at, onClose }: { entryId: number; at: number; onClose: () => void }) {
  const entry = useApp((state) => state.entries[entryId]);
  const tiles = entry === undefined ? [] : mediaOf(entry).tiles;
  const [index, setIndex] = useState(at);
  const most = tiles.length - 1;
  const tile = tiles[Math.min(index, most)];
  useEffect(() => {
    const walk = (event: KeyboardEvent): void => {
      const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
      if (step === 0) return;
      event.preventDefault();
      setIndex((now) => Math.min(most, Math.max(0, now + step)));
    };
    // Before the dialog's own parts, which keep arrows to themselves.
    window.addEventListener('keydown', walk, true);
    return () => window.removeEventListener('keydown', walk, true);
  }, [most]);
  // Deleted at its source while somebody looked at it.
  useEffect(() => { if (tile === undefined) onClose(); }, [tile, onClose]);
  if (entry === undefined || tile === undefined) return null;
  const { attachment } = tile;
  const url = entry.detail.type === 'post' ? entry.detail.url : '';
  const save = async (attachmentId: string): Promise<void> => {
    const saved = await call('attachment.save', { attachmentId });
    if (saved !== null) toast(t('entry.savedTo', { path: saved.path }), 'good');
  };
  return (
    <Modal title={t('media.title', { kind: t(`media.kind.${tile.kind}`), author: entry.author })} description={tiles.length > 1 ? t('media.place', { at: index + 1, of: tiles.length }) : ''} size="page" onClose={onClose}>
      <div className="viewer" data-test="viewer">
        <div className="viewer-picture"><Picture tile={tile} alt={tile.alt ?? t('media.undescribed', { kind: t(`media.kind.${tile.kind}`) })} /></div>
        <footer className="viewer-foot">
          {tiles.length > 1 && (
            <span className="viewer-walk">
              <button type="button" className="icon-button" aria-label={t('media.previous')} title={t('media.previous')} disabled={index <= 0} onClick={() => setIndex(index - 1)}><ChevronLeft size={16} aria-hidden="true" /></button>
              <button type="button" className="icon-button" aria-label={t('media.next')} title={t('media.next')} disabled={index >= most} onClick={() => setIndex(index + 1)}><ChevronRight size={16} aria-hidden="true" /></button>
            </span>
          )}
          <p className={`viewer-alt${tile.alt === null ? ' is-none' : ''}`} dir="auto">{tile.alt ?? t('media.undescribed', { kind: t(`media.kind.${tile.kind}`) })}</p>
          {url !== '' && <OutLink url={url} className="text-button">{tile.kind === 'photo' ? t('entry.openOnX') : t('media.watchOnX')} <ExternalLink size={12} aria-hidden="true" /></OutLink>}
          {attachment !== null && <button type="button" className="text-button" onClick={() => void save(attachment.id)}><Download size={13} aria-hidden="true" />{t('entry.saveShort')}</button>}
        </footer>
      </div>
    </Modal>
  );
}
