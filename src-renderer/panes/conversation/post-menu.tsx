import { Ellipsis, Eye, EyeOff, Trash2 } from 'lucide-react';
import type { Entry, PostAction } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { actOnPost } from '../../state/actions/post-actions.ts';
import { shortcutsOf } from '../../state/shortcuts.ts';
import { useApp } from '../../state/store.ts';
import { DropMenu } from '../../ui/menu.tsx';

const icon = { delete: Trash2, hide: EyeOff, unhide: Eye } as const satisfies Record<PostAction, typeof Eye>;

/** What can be done to this post on X. */
export function PostMenu({ entry }: { entry: Entry }) {
  const keys = shortcutsOf(useApp((state) => state.settings.shortcuts));
  return (
    <DropMenu
      align="end" trigger={<button type="button" className="icon-button is-tiny entry-mark" aria-label={t('entry.act.menu')} title={t('entry.act.menu')} data-action="post.menu"><Ellipsis size={14} aria-hidden="true" /></button>}
      entries={entry.can.map((action) => {
        const Icon = icon[action];
        return { id: `post.${action}`, label: t(`entry.act.${action}`), icon: <Icon size={14} aria-hidden="true" />, keys: keys[action === 'delete' ? 'post.delete' : 'post.hide'], run: () => void actOnPost(entry.id, action) };
      })}
    />
  );
}
