import { createHash } from 'node:crypto';
import type MailComposer from 'nodemailer/lib/mail-composer';
import { lazyPackage } from '../../kernel/index.ts';
import type { FileStore, OutgoingItem } from '../port.ts';
import { mailBodies } from './body.ts';
import type { MailConfig } from './config.ts';
import { bracketed } from './message-id.ts';

const composer = lazyPackage<typeof MailComposer>('nodemailer/lib/mail-composer');

export interface ComposedMail {
  messageId: string;
  raw: Buffer;
  from: string;
  to: string[];
}

/**
 * The mail of an outbox item: the same bytes at every attempt (date, Message-ID and boundaries come from the item), so that the copy
 * in the folder of sent mail is the mail the customer got. Throws ParleyError not_found when an attachment's bytes are gone.
 */
export async function composeMail(item: OutgoingItem, config: MailConfig, files: FileStore): Promise<ComposedMail> {
  const messageId = bracketed(item.idempotencyKey);
  const inReplyTo = item.inReplyTo !== null && item.inReplyTo.startsWith('<') ? item.inReplyTo : item.references.at(-1);
  const references = [...new Set([...item.references, ...(inReplyTo === undefined ? [] : [inReplyTo])])];
  const bodies = mailBodies(item);
  const message = new (composer())({
    from: { name: config.displayName, address: config.address },
    to: item.to,
    cc: item.cc,
    // In the envelope, never in the mail: the composer leaves the header out.
    bcc: item.bcc ?? [],
    subject: item.subject ?? '',
    text: bodies.plain,
    ...(bodies.html === null ? {} : { html: bodies.html }),
    messageId,
    date: new Date(item.enqueuedAt),
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    ...(references.length === 0 ? {} : { references }),
    // Found again on the sent copy also where the server rewrites the Message-ID.
    headers: { 'X-Parley-Id': item.idempotencyKey },
    attachments: item.files.map((file) => ({
      filename: file.name, contentType: file.type, content: Buffer.from(files.get(file.sha256)),
      // A picture that stands in the text belongs to it; every other file is one to save.
      ...(file.contentId !== null && item.quoted?.html?.includes(`src="cid:${file.contentId}"`) === true ? { cid: file.contentId, contentDisposition: 'inline' as const } : {}),
    })),
    baseBoundary: createHash('sha256').update(item.idempotencyKey).digest('hex').slice(0, 24),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  const envelope = message.getEnvelope();
  return { messageId, raw: await message.build(), from: typeof envelope.from === 'string' ? envelope.from : config.address, to: envelope.to };
}
