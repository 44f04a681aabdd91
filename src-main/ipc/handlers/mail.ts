import { pageOf, withoutPage } from '../../channels/mail-page.ts';
import { markupHtml } from '../../channels/markup.ts';
import { mailBodies } from '../../channels/email/index.ts';
import type { StoredFile } from '../../channels/port.ts';
import { ParleyError } from '../../kernel/index.ts';
import { forwardSubject, writtenMail } from '../../outbox/index.ts';
import { tables, type Operation } from '../../store/index.ts';
import type { Handlers } from '../router.ts';
import { act, bytesIn, settingsNow, type HandlerContext } from './context.ts';

/** Where message bodies are shown: never the console's own origin. */
const frameOrigin = (shell: HandlerContext['shell']): string => (shell === 'electron' ? 'parley://mail' : 'https://mail.invalid');

const copyFiles: Operation<{ files: readonly { id: string; file: StoredFile }[] }, void> = {
  name: 'mail.forward',
  apply(tx, { files }) {
    for (const { id, file } of files) tables.insertAttachment(tx.db, id, null, file, tx.at);
  },
};

/** Under the last paragraph of a mail of ours; the reckoning of heights leaves it out, and the frame would scroll by it. */
const LAST_MARGIN = 16;

/** A page in the frame that shows it. */
export async function framed(c: HandlerContext, page: Parameters<HandlerContext['pages']['show']>[0], isOurs = false): Promise<{ url: string; height: number; remote: number }> {
  const { path, height, remote } = await c.pages.show(page);
  return { url: `${frameOrigin(c.shell)}${path}`, height: height + (isOurs ? LAST_MARGIN : 0), remote };
}

export const mailHandlers = (c: HandlerContext): Pick<Handlers, 'mail.show' | 'mail.showUnplaced' | 'mail.preview' | 'mail.forward'> => {
  /** Ours as it left; somebody else's as it came. */
  const htmlOf = (messageId: number, own: readonly StoredFile[]): Uint8Array => {
    const { store, files } = c.workspace();
    const page = pageOf(own);
    if (page) return files.get(page.sha256);
    const sent = tables.outboxByMessage(store.read, messageId);
    const html = sent === undefined ? null : mailBodies(sent.item).html;
    if (html === null) throw new ParleyError('not_found', 'This mail has no formatting of its own.');
    return Buffer.from(html);
  };
  return {
    'mail.show': async ({ messageId, scheme, width, remotePictures }) => {
      const { store, files } = c.workspace();
      const own = tables.filesOfMessage(store.read, messageId);
      return framed(c, { html: htmlOf(messageId, own), files: own, bytesOf: bytesIn(files), scheme, width, remotePictures, allowsPrivate: c.isDemo() }, pageOf(own) === undefined);
    },
    'mail.showUnplaced': async ({ id, scheme, width, remotePictures }) => {
      const { store, files } = c.workspace();
      const own = tables.filesById(store.read, tables.unplacedById(store.read, id)?.attachmentIds ?? []);
      const page = pageOf(own);
      if (!page) throw new ParleyError('not_found', 'This mail has no formatting of its own.');
      return framed(c, { html: files.get(page.sha256), files: own, bytesOf: bytesIn(files), scheme, width, remotePictures, allowsPrivate: c.isDemo() });
    },
    'mail.preview': async ({ text, mail, scheme, width }) => {
      const { store, files } = c.workspace();
      const own = mail?.forwards === undefined ? [] : tables.filesOfMessage(store.read, mail.forwards);
      const bytesOf = bytesIn(files);
      const html = mail === null ? markupHtml(text) : (mailBodies(writtenMail(store.read, { ...mail, text }, settingsNow(c), { files: own, bytesOf })).html ?? '');
      const { url, height } = await framed(c, { html: Buffer.from(html), files: own, bytesOf, scheme, width, remotePictures: false, allowsPrivate: false }, true);
      return { url, height };
    },
    'mail.forward': ({ messageId }) => {
      const { store, ids } = c.workspace();
      const message = tables.messageById(store.read, messageId);
      if (message?.kind !== 'mail' || message.deleted_at !== null) throw new ParleyError('not_found', 'This mail is not here any more.');
      const copies = withoutPage(tables.filesOfMessage(store.read, messageId)).map((file) => ({ id: ids.next(), file }));
      const { seq } = act(c, copyFiles, { files: copies });
      return { seq, subject: forwardSubject(message.subject), attachments: tables.attachmentsById(store.read, copies.map((copy) => copy.id)) };
    },
  };
};
