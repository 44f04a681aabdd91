import { Archive, Folder, Inbox, Mails, OctagonAlert, Send, Trash2 } from 'lucide-react';
import type { MailFolder } from '../../../../src-preload/contract/index.ts';
import { t } from '../../../locales/index.ts';
import { Chip } from '../../../ui/bits.tsx';

const icons = { inbox: Inbox, sent: Send, other: Folder, archive: Archive, all: Mails, junk: OctagonAlert, trash: Trash2 } as const;

/** Which folders of a mailbox are read. Inbox and sent mails always are; junk and trash only when somebody says so. */
export function FolderChoice({ folders, chosen, fresh, onChoose }: { folders: readonly MailFolder[]; chosen: readonly string[]; fresh: readonly string[]; onChoose: (chosen: readonly string[]) => void }) {
  return (
    <ul className="folder-list" aria-label={t('folders.list')} data-test="folders">
      {folders.map(({ path, name, role, total, unseen }) => {
        const Icon = icons[role];
        const isAlways = role === 'inbox' || role === 'sent';
        const isOn = isAlways || chosen.includes(path);
        return (
          <li key={path}>
            <label className="folder-line">
              <input type="checkbox" checked={isOn} disabled={isAlways} onChange={() => onChoose(isOn ? chosen.filter((other) => other !== path) : [...chosen, path])} />
              <Icon size={14} aria-hidden="true" />
              <bdi className="folder-name" title={name}>{name}</bdi>
              {isAlways && <span className="folder-note">{t('folders.always')}</span>}
              {(role === 'junk' || role === 'trash' || role === 'all' || role === 'archive') && t(`folders.role.${role}`) !== name && <Chip>{t(`folders.role.${role}`)}</Chip>}
              {fresh.includes(path) && <Chip tone="warn">{t('folders.new')}</Chip>}
              {total !== null && <span className="folder-count">{unseen !== null && unseen > 0 && <>{t('folders.unread', { count: unseen })} · </>}{t('folders.mails', { count: total })}</span>}
            </label>
          </li>
        );
      })}
    </ul>
  );
}
