import type { ImapFlow, ListResponse } from 'imapflow';
import type { MailFolder } from '../../../src-preload/contract/index.ts';

/** Folders that are read, by path. */
export interface Folders {
  inbox: string;
  /** The folder marked \Sent (RFC 6154), or named like one; null when there is none. */
  sent: string | null;
  /** What a person chose besides. */
  others: readonly string[];
}

const ROLES: Readonly<Record<string, MailFolder['role']>> = { '\\Inbox': 'inbox', '\\Sent': 'sent', '\\Archive': 'archive', '\\All': 'all', '\\Junk': 'junk', '\\Trash': 'trash' };
const ORDER: readonly MailFolder['role'][] = ['inbox', 'sent', 'other', 'archive', 'all', 'junk', 'trash'];
/** Unfinished mails, and views of what lies elsewhere. */
const NEVER_READ = new Set(['\\Drafts', '\\Flagged', '\\Important']);

const canOpen = (folder: ListResponse): boolean => !folder.flags.has('\\Noselect') && !folder.flags.has('\\NonExistent');

/** The folder of sent mails: a server's own mark beats a guess by name. */
function sentOf(list: readonly ListResponse[]): string | null {
  const sent = list.filter((folder) => folder.specialUse === '\\Sent' && canOpen(folder));
  return (sent.find((folder) => folder.specialUseSource === 'extension') ?? sent[0])?.path ?? null;
}

function roleOf(folder: ListResponse, sent: string | null): MailFolder['role'] {
  if (folder.path === 'INBOX') return 'inbox';
  if (folder.path === sent) return 'sent';
  const role = folder.specialUse === undefined ? 'other' : (ROLES[folder.specialUse] ?? 'other');
  // A second folder named like one of sent mails is one to choose.
  return role === 'inbox' || role === 'sent' ? 'other' : role;
}

/** Folders of a mailbox that can be read, as a person is shown them: inbox and sent mails first, junk and trash last. Pure. */
export function readable(list: readonly ListResponse[]): MailFolder[] {
  const sent = sentOf(list);
  return list
    .filter((folder) => canOpen(folder) && !NEVER_READ.has(folder.specialUse ?? '') && ![...NEVER_READ].some((flag) => folder.flags.has(flag)))
    .map((folder): MailFolder => ({
      path: folder.path, name: [...folder.parent, folder.name].join(' / '), role: roleOf(folder, sent),
      total: folder.status?.messages ?? null, unseen: folder.status?.unseen ?? null,
    }))
    .sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role) || a.name.localeCompare(b.name));
}

/** With counts where the server tells them along with the list (RFC 5819); asking folder by folder could take minutes. */
export async function listFolders(client: ImapFlow, withCounts = false): Promise<MailFolder[]> {
  const isCheap = withCounts && client.capabilities.has('LIST-STATUS');
  return readable(await client.list(isCheap ? { statusQuery: { messages: true, unseen: true } } : {}));
}

/** What is read of what there is, and which chosen folders are not there any more. */
export function chosenOf(list: readonly MailFolder[], chosen: readonly string[]): { folders: Folders; missing: string[] } {
  const sent = list.find((folder) => folder.role === 'sent')?.path ?? null;
  const others = list.filter((folder) => chosen.includes(folder.path) && folder.role !== 'inbox' && folder.role !== 'sent').map((folder) => folder.path);
  return { folders: { inbox: 'INBOX', sent, others }, missing: chosen.filter((path) => !list.some((folder) => folder.path === path)) };
}
