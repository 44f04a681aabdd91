import { entryDetail } from '../../../src-preload/contract/index.ts';
import { mailLimits } from './limits.ts';
import type { ReadMail } from './parse-mail.ts';

/** Bytes of files a mail may make of its own: encodings shrink, charsets can grow threefold, and what is too much is kept whole besides. */
const GROWTH = 6;
const SLACK = 64 * 1024;

// oxlint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/;

/** What of the promises about any mail, however broken, does not hold of how this one was read; empty when all do. */
export function brokenPromises(raw: Uint8Array, mail: ReadMail, now: number): string[] {
  const broken: string[] = [];
  const expect = (holds: boolean, what: string): void => { if (!holds) broken.push(what); };
  const isLine = (value: string): boolean => value.isWellFormed() && !/[\r\n]/.test(value) && !UNSEEN.test(value);
  expect(mail.externalId !== '' && mail.externalId.length <= 600 && isLine(mail.externalId), 'it has an id of one line');
  expect(mail.party.value !== '' && mail.party.value === mail.party.value.toLowerCase() && !/\s/.test(mail.party.value) && isLine(mail.party.value), 'it has another side');
  expect(Number.isSafeInteger(mail.at) && mail.at > 0 && mail.at <= now, 'its time is one');
  expect(mail.text.isWellFormed() && !UNSEEN.test(mail.text) && mail.text.length <= mailLimits.textChars + 10, 'its text can be shown');
  expect(mail.subject === null || (isLine(mail.subject) && mail.subject.length <= mailLimits.subjectChars), 'its subject is one line');
  expect(isLine(mail.author) && mail.author.length <= 400, 'its author is one line');
  expect(mail.references.length <= mailLimits.references + 1 && mail.references.every((one) => isLine(one) && /^(?:<.*>|thread-index:)/.test(one)), 'its references are Message-IDs');
  expect(mail.files.length <= mailLimits.files + 3, 'its files can be counted');
  expect(mail.files.every((file) => file.size === file.bytes.length), 'its files have their size');
  expect(mail.files.every((file) => file.name !== '' && isLine(file.name) && !/[\\/<>:"|?*]/.test(file.name) && !/^\.|[. ]$/.test(file.name) && isLine(file.type)), 'its files have names of files');
  expect(mail.files.reduce((sum, file) => sum + file.bytes.length, 0) <= raw.length * GROWTH + SLACK, 'it does not swell');
  const detail = entryDetail.safeParse(mail.detail);
  expect(detail.success, `its details fit the contract (${detail.error?.issues[0]?.path.join('.') ?? ''})`);
  const isUnreadable = mail.detail.type === 'mail' && mail.detail.unreadable !== null;
  expect(!isUnreadable || mail.files.some((file) => file.name === 'message.eml' && Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength).equals(raw)), 'what cannot be read is kept whole');
  return broken;
}
