import { copyFile, constants, mkdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { Attachment } from '../../../src-preload/contract/index.ts';
import { mailProviders, readAuthority } from '../../channels/email/index.ts';
import { asDataUrl, errnoOf, ParleyError, pictureType } from '../../kernel/index.ts';
import { importFile, lookAtCalls } from '../../intake/index.ts';
import { tables, type Operation } from '../../store/index.ts';
import type { StoredFile } from '../../channels/port.ts';
import type { Handlers } from '../router.ts';
import { act, by, settingsNow, type HandlerContext } from './context.ts';

type Names = 'account.add' | 'account.signIn' | 'account.signInAgain' | 'account.password' | 'account.discover' | 'account.cancelDiscover' | 'account.signInProviders' | 'account.checkAuthority' | 'account.signInDone' | 'account.cancelSignIn' | 'account.ownsApp' | 'account.readOlder' | 'account.folders' | 'account.settings' | 'account.change' | 'account.readFolders' | 'account.test' | 'account.remove' | 'account.sync' | 'import.look' | 'import.start' | 'attachment.stage' | 'attachment.paste' | 'attachment.describe' | 'attachment.save' | 'attachment.preview';

/** Most servers take no larger mail; the encoding adds a third. */
const MAX_ATTACHMENT_BYTES = 25 * 1024 * 1024;
const MAX_PREVIEW_BYTES = 8 * 1024 * 1024;

const TYPES: Record<string, string> = {
  '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.gif': 'image/gif', '.webp': 'image/webp', '.mp4': 'video/mp4', '.mov': 'video/quicktime', '.pdf': 'application/pdf', '.txt': 'text/plain', '.csv': 'text/csv',
};

const stage: Operation<{ id: string; file: StoredFile }, void> = {
  name: 'attachment.stage',
  apply: (tx, { id, file }) => tables.insertAttachment(tx.db, id, null, file, tx.at),
};

const describe: Operation<{ attachmentId: string; conversationId: string; mode: string; alt: string }, Attachment> = {
  name: 'attachment.describe',
  apply(tx, { attachmentId, conversationId, mode, alt }) {
    const [attachment] = tables.describeStaged(tx.db, attachmentId, alt.trim() === '' ? null : alt.trim()) ? tables.attachmentsById(tx.db, [attachmentId]) : [];
    if (!attachment) throw new ParleyError('not_found', 'This file is not here any more, or it has been sent.');
    tx.touch('draft', `${conversationId}/${mode}`);
    return attachment;
  },
};

export const accountHandlers = (c: HandlerContext): Pick<Handlers, Names> => ({
  'account.add': ({ account }) => c.workspace().accounts.add(account, by(c)),
  'account.test': ({ account }) => c.workspace().accounts.test(account),
  'account.signIn': ({ signIn, accountId }) => c.workspace().accounts.signIns.start(signIn, accountId, by(c)),
  'account.signInAgain': ({ accountId, way }) => c.workspace().accounts.signIns.again(accountId, way, by(c)),
  'account.password': ({ accountId, password }) => c.workspace().accounts.changePassword(accountId, password, by(c)),
  'account.discover': ({ address }) => c.discovery.find(address),
  'account.cancelDiscover': () => {
    c.discovery.cancel();
    return {};
  },
  'account.signInProviders': () => ({
    providers: mailProviders.flatMap(({ id, name, oauth }) => (oauth ? [{ id, name, authorizeUrl: oauth.authorizeUrl, tokenUrl: oauth.tokenUrl, deviceUrl: oauth.deviceUrl, scopes: [...oauth.scopes], wantsSecret: oauth.wantsSecret, register: oauth.register }] : [])),
  }),
  'account.checkAuthority': ({ pem }) => readAuthority(pem, c.clock.now()),
  'account.signInDone': ({ signInId }) => c.workspace().accounts.signIns.done(signInId),
  'account.cancelSignIn': ({ signInId }) => {
    c.workspace().accounts.signIns.cancel(signInId);
    return {};
  },
  'account.ownsApp': ({ accountId, ownsApp }) => c.workspace().accounts.configure(accountId, { ownsApp }, by(c)),
  'account.readOlder': ({ accountId, reads }) => {
    if (!c.workspace().accounts.rows().some((row) => row.id === accountId && row.mail !== null)) throw new ParleyError('not_found', 'This mailbox is not connected.');
    return c.workspace().accounts.configure(accountId, { readsOlder: reads }, by(c));
  },
  'account.settings': ({ accountId }) => c.workspace().accounts.settings(accountId),
  'account.change': ({ accountId, change }) => c.workspace().accounts.change(accountId, change, by(c)),
  'account.folders': async ({ accountId }) => ({ folders: await c.workspace().accounts.folders(accountId) }),
  'account.readFolders': ({ accountId, paths }) => c.workspace().accounts.readFolders(accountId, paths, by(c)),
  'account.remove': ({ accountId }) => c.workspace().accounts.remove(accountId, by(c)),
  'account.sync': async ({ accountId }) => {
    await c.workspace().accounts.poll(accountId);
    return {};
  },
  'import.look': async ({ path, map }) => ({ calls: await lookAtCalls(c.workspace().store.read, path, map, c.clock.now()) }),
  'import.start': ({ path, map }) => {
    const { store, files, ids, jobs } = c.workspace();
    const jobId = jobs.start(`Importing ${basename(path)}`, async (report, signal) => {
      const result = await importFile({ store, files, clock: c.clock, ids, agent: settingsNow(c).agentInitials }, path, {
        callMap: map, signal, onProgress: (p) => report(p.done, p.total, `${p.stored} new, ${p.known} already here`),
      });
      const problems = result.problems === 0 ? '' : ` ${result.problems} could not be taken as they are: ${result.firstProblems.slice(0, 3).join('; ')}.`;
      const kept = result.leftOut === null ? '' : ` The lines left out are in ${basename(result.leftOut)}, beside the file.`;
      return `${result.stored} new, ${result.known} already here.${problems}${kept}`;
    });
    return { jobId };
  },
  'attachment.stage': async ({ path, mode }) => {
    const { files, ids } = c.workspace();
    const name = basename(path);
    try {
      const info = await stat(path);
      if (!info.isFile()) throw new ParleyError('bad_input', `${name} is no file that can be attached.`);
      if (mode === 'mail' && info.size > MAX_ATTACHMENT_BYTES) throw new ParleyError('bad_input', `${name} is larger than ${MAX_ATTACHMENT_BYTES / 1_048_576} MB, which mail servers refuse.`);
      // Before half a gigabyte is copied.
      const problem = mode === 'mail' ? null : c.workspace().fileProblem(mode, [{ name, type: TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream', size: info.size }]);
      if (problem !== null) throw new ParleyError('bad_input', problem);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') throw new ParleyError('bad_input', `${name} is not there.`);
      throw error;
    }
    const { sha256, size } = await files.putFile(path);
    const file: StoredFile = { sha256, name, type: pictureType(files.slice(sha256, 0, 12)) ?? TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream', size, contentId: null, alt: null };
    const id = ids.next();
    act(c, stage, { id, file });
    return { attachment: { id, name: file.name, type: file.type, size: file.size, alt: null } };
  },
  'attachment.paste': ({ name, base64, mode }) => {
    const { files, ids, fileProblem } = c.workspace();
    const bytes = Buffer.from(base64, 'base64');
    const type = pictureType(bytes);
    if (type === null) throw new ParleyError('bad_input', 'What was pasted is no picture.');
    const problem = mode === 'mail' ? null : fileProblem(mode, [{ name, type, size: bytes.length }]);
    if (problem !== null) throw new ParleyError('bad_input', problem);
    const id = ids.next();
    act(c, stage, { id, file: { sha256: files.put(bytes), name: safeName(name), type, size: bytes.length, contentId: null, alt: null } });
    return { attachment: { id, name: safeName(name), type, size: bytes.length, alt: null } };
  },
  'attachment.describe': (input) => {
    const { seq, value } = act(c, describe, input);
    return { seq, attachment: value };
  },
  'attachment.save': async ({ attachmentId }) => {
    const { store, files } = c.workspace();
    const attachment = tables.attachmentById(store.read, attachmentId);
    if (!attachment) throw new ParleyError('not_found', 'This attachment is not here any more.');
    const source = files.pathOf(attachment.sha256);
    await mkdir(c.downloadsDir, { recursive: true });
    const safe = safeName(attachment.name);
    const extension = extname(safe);
    for (let n = 0; n < 1_000; n += 1) {
      const target = join(c.downloadsDir, n === 0 ? safe : `${safe.slice(0, safe.length - extension.length)} (${n})${extension}`);
      try {
        await copyFile(source, target, constants.COPYFILE_EXCL);
        return { path: target };
      } catch (error) {
        if (errnoOf(error) === 'ENOENT') throw new ParleyError('not_found', 'The file is no longer on this machine.');
        if (errnoOf(error) !== 'EEXIST') throw error;
      }
    }
    throw new ParleyError('conflict', `There are too many files named ${safe} in the downloads folder.`);
  },
  'attachment.preview': ({ attachmentId }) => {
    const { store, files } = c.workspace();
    const attachment = tables.attachmentById(store.read, attachmentId);
    if (!attachment || attachment.size > MAX_PREVIEW_BYTES || !attachment.type.startsWith('image/')) return { dataUrl: null };
    const bytes = files.get(attachment.sha256);
    const type = pictureType(bytes);
    return { dataUrl: type === null ? null : asDataUrl(type, bytes) };
  },
});

/** A sender chooses the name: nothing in it may leave the folder, hide an extension or be a device. */
export function safeName(name: string): string {
  const bare = name.normalize('NFC').replace(/[\\/:*?"<>|\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '_').replace(/^[.\s]+|[.\s]+$/g, '').slice(-120);
  return bare === '' || /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(bare) ? `file-${bare}` : bare;
}
