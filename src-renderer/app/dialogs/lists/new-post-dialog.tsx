import { useRef } from 'react';
import { t } from '../../../locales/index.ts';
import { openOwnPosts } from '../../../state/actions/post-actions.ts';
import { useApp } from '../../../state/store.ts';
import { KindGlyph } from '../../../ui/glyph.tsx';
import { Modal } from '../../../ui/modal.tsx';

/** As which of our accounts a post is written. */
export default function NewPostDialog({ onClose }: { onClose: () => void }) {
  const accounts = useApp((state) => state.accounts);
  const first = useRef<HTMLButtonElement>(null);
  return (
    <Modal title={t('ownPosts.pick')} size="small" onClose={onClose} initialFocus={first}>
      <div className="preset-list">
        {accounts.filter((account) => account.channel === 'x').map((account, index) => (
          <button key={account.id} ref={index === 0 ? first : null} type="button" className="preset" data-account={account.id} onClick={() => { onClose(); void openOwnPosts(account.id, true); }}><KindGlyph kind="post" size={14} /><bdi>{account.address}</bdi></button>
        ))}
      </div>
    </Modal>
  );
}
