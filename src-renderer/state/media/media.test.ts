import { expect, test } from 'vitest';
import type { Attachment, Entry } from '../../../src-preload/contract/index.ts';
import { isShowable, mediaOf } from './media.ts';

const file = (id: string, type: string, mediaKey?: string): Attachment => ({ id, name: id, type, size: 1, alt: null, ...(mediaKey === undefined ? {} : { mediaKey }) });
const item = { alt: 'a red light', width: 4, height: 3, durationMs: null };
const entry = (detail: Partial<Extract<Entry['detail'], { type: 'post' }>>, attachments: Attachment[]): Entry => ({
  id: 1, conversationId: 'c', customerId: 'u', accountId: null, kind: 'post', direction: 'inbound', isPrivate: false, at: 0, arrivedAt: 0, author: 'Ann', address: null, subject: null, text: '', isDeleted: false,
  detail: { type: 'post', postId: '1', url: '', inReplyTo: null, conversationId: '1', quoted: null, isPromoted: false, replyAllowed: true, ...detail }, attachments, delivery: null, can: [],
});

test('what X told of stands in its order, with or without its picture; what we attached follows; other files stay files', () => {
  const { tiles, files } = mediaOf(entry(
    { media: [{ key: '3_1', kind: 'photo', ...item }, { key: '7_2', kind: 'video', ...item }] },
    [file('b', 'image/jpeg', '7_2'), file('c', 'image/gif'), file('d', 'application/pdf'), file('e', 'video/mp4')],
  ));
  expect(tiles.map((tile) => [tile.kind, tile.attachment?.id ?? null, isShowable(tile)])).toEqual([['photo', null, false], ['video', 'b', true], ['gif', 'c', true], ['video', 'e', false]]);
  expect(files.map((one) => one.id)).toEqual(['d']);
});

test('pictures of a mail are files of the mail', () => {
  const mail: Entry = { ...entry({}, [file('a', 'image/png')]), detail: { type: 'mail', from: '', to: [], cc: [], messageId: null, automatic: 'no', unreadable: null } };
  expect(mediaOf(mail)).toMatchObject({ tiles: [], files: [{ id: 'a' }] });
});
