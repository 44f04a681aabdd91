import { createRequire } from 'node:module';
import PostalMime from 'postal-mime';
import { expect, it } from 'vitest';
import { shapes } from '../../../bench/mail-shapes.ts';
import { makeMails } from '../../../bench/make-mails.ts';
import { mutate } from '../../../bench/mutate-mail.ts';
import { seededRandom } from '../../kernel/index.ts';
import { shortenMime } from './fast-mime.ts';

// The same version a second time, untouched.
const Whole = (createRequire(import.meta.url)('postal-mime') as { default: typeof PostalMime }).default;
shortenMime();

const read = async (parser: typeof PostalMime, raw: Uint8Array): Promise<unknown> => {
  try {
    return await parser.parse(raw, { forceRfc822Attachments: true, attachmentEncoding: 'arraybuffer', maxNestingDepth: 64, maxHeadersSize: 512 * 1024 });
  } catch (error) {
    return String(error);
  }
};
const same = async (raw: Uint8Array): Promise<void> => expect(await read(PostalMime, raw), Buffer.from(raw).toString('latin1').slice(0, 2_000)).toEqual(await read(Whole, raw));

it('takes the place of what reads line by line', () => {
  // Else a newer postal-mime with other insides would be slow again, and nobody would notice.
  expect(PostalMime.prototype).not.toMatchObject({ readLine: (Whole.prototype as unknown as { readLine: unknown }).readLine });
  const node = (parser: typeof PostalMime): { setupContentDecoder: unknown } => (new parser() as unknown as { currentNode: { setupContentDecoder: unknown } }).currentNode;
  expect(String(node(PostalMime).setupContentDecoder)).not.toBe(String(node(Whole).setupContentDecoder));
});

const part = (encoding: string, body: string): string => `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/x\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}\r\n--b\r\n\r\nafter\r\n--b--\r\n`;
const BODIES = ['', '\r\n', 'a', 'a\r\n', 'a\r\n\r\n', '\r\n\r\na', 'a\r\r\n\r\rb\r', 'a\nb\n\n', '--', '--\r\n--bb\r\n-- \r\na', 'YWJj', 'YW\r\nJj', 'YQ==YWI=\r\nYWJj', 'YWJjZ', 'Y-W_J*j', '====', 'a=', 'a=\r\nb', 'a=3D=\r\n=3D', 'a=4=\r\n1', '=zz=4', '=4\r\n1', '=C3=A9 =c3=a9=', '\u00e9=E9', 'x'.repeat(3_000)];
it.each(['7bit', 'base64', 'quoted-printable', 'x-unknown'])('reads what is encoded as %s as postal-mime alone does', async (encoding) => {
  for (const body of BODIES) for (const end of ['', '\n', '\r\n']) {
    await same(Buffer.from(part(encoding, body), 'latin1'));
    await same(Buffer.from(`Content-Transfer-Encoding: ${encoding}\r\n\r\n${body}${end}`, 'latin1'));
  }
});

it('reads mails of every shape, whole and broken, as postal-mime alone does', async () => {
  const all = shapes();
  for (const raw of all) await same(raw);
  for (const { raw } of makeMails(40, 10, true)) await same(Buffer.from(raw.replace(/\n/g, '\r\n')));
  const random = seededRandom(7);
  const one = (): Uint8Array => all[Math.floor(random.unit() * all.length)] ?? new Uint8Array();
  for (let i = 0; i < 400; i += 1) await same(mutate(one(), one(), random));
});
