import { createMailParser, type MailFile, type ReadMail } from '../../channels/email/index.ts';
import { pageOf } from '../../channels/mail-page.ts';
import { ParleyError } from '../../kernel/index.ts';
import { tables } from '../../store/index.ts';
import type { Handlers } from '../router.ts';
import type { HandlerContext } from './context.ts';
import { saveDownload } from './downloads.ts';
import { safeName } from './accounts.ts';
import { framed } from './mail.ts';

const gone = (): ParleyError => new ParleyError('not_found', 'This attachment is not here any more.');
const isMail = (file: { type: string }): boolean => file.type === 'message/rfc822' || file.type === 'message/global';

/** Reads an attached mail, beside the main thread and within the limits of every mail; `path` leads to one attached to it. */
async function readAttached(c: HandlerContext, attachmentId: string, path: readonly number[], now: number): Promise<ReadMail> {
  const { store, files } = c.workspace();
  const attachment = tables.attachmentById(store.read, attachmentId);
  if (!attachment) throw gone();
  if (!isMail(attachment)) throw new ParleyError('bad_input', 'This attachment is no mail.');
  const parser = createMailParser(c.clock, c.log);
  try {
    const read = (bytes: Uint8Array): Promise<ReadMail> => parser.read(bytes, { own: [], receivedAt: now });
    let mail = await read(files.get(attachment.sha256));
    for (const at of path) {
      const inner = mail.files[at];
      if (!inner || !isMail(inner)) throw gone();
      mail = await read(inner.bytes);
    }
    return mail;
  } finally {
    parser.close();
  }
}

export const attachedMailHandlers = (c: HandlerContext): Pick<Handlers, 'mail.openFile' | 'mail.showFile' | 'mail.saveInner'> => ({
  'mail.openFile': async ({ attachmentId, path }) => {
    const now = c.clock.now();
    const mail = await readAttached(c, attachmentId, path, now);
    const { detail } = mail;
    if (detail.type !== 'mail') throw gone();
    return {
      from: mail.author === detail.from ? detail.from : `${mail.author} <${detail.from}>`, to: detail.to, cc: detail.cc, subject: mail.subject,
      // One without a date would get the present.
      at: mail.at === now ? null : mail.at, text: mail.text, unreadable: detail.unreadable, isFormatted: pageOf(mail.files) !== undefined,
      invitation: detail.invitation ?? null, files: mail.files.map(({ name, type, size }) => ({ name, type, size })),
    };
  },
  'mail.showFile': async ({ attachmentId, path, scheme, width, remotePictures }) => {
    const { files } = await readAttached(c, attachmentId, path, c.clock.now());
    const page = pageOf(files);
    if (!page) throw new ParleyError('not_found', 'This mail has no formatting of its own.');
    // Its files lie in no store: their places stand in for the names of contents.
    return framed(c, {
      html: page.bytes, files: files.map(({ bytes: _, ...file }, at) => ({ ...file, sha256: String(at) })), bytesOf: (at) => files[Number(at)]?.bytes ?? null,
      scheme, width, remotePictures, allowsPrivate: c.isDemo(),
    });
  },
  'mail.saveInner': async ({ attachmentId, path }) => {
    const mail = await readAttached(c, attachmentId, path.slice(0, -1), c.clock.now());
    const file: MailFile | undefined = mail.files[path.at(-1) ?? -1];
    if (!file) throw gone();
    return { path: await saveDownload(c.downloadsDir, safeName(file.name), file.bytes) };
  },
});
