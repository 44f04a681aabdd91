import { describe, expect, it } from 'vitest';
import { mayReply } from './map.ts';
import type { XPost } from './shapes.ts';

describe('who may be answered', () => {
  const self = { id: '42', handle: 'AcmeCare' };
  const post = (over: Partial<XPost>): XPost => ({ id: '9', text: '', entities: {}, authorId: '7', conversationId: '9', createdAt: null, inReplyToUserId: null, repliedTo: null, quoted: null, isPromoted: false, mediaKeys: [], versions: ['9'], replySettings: 'everyone', counts: null, ...over });
  it.each([
    ['mentions us in the text', post({ text: 'hey @acmecare' }), null, true],
    ['mentions us by id after a rename', post({ text: 'hey @oldname', entities: { mentions: [{ username: 'oldname', id: '42' }] } }), null, true],
    ['quotes us', post({ text: 'look', quoted: '5' }), '42', true],
    ['quotes somebody else', post({ text: 'look', quoted: '5' }), '43', false],
    ['mentions a longer name', post({ text: 'hey @acmecare2' }), null, false],
    ['speaks of us', post({ text: 'acmecare is bad' }), null, false],
    ['an address is no mention', post({ text: 'mail me@acmecare' }), null, false],
  ])('%s', (_name, subject, quotedAuthor, expected) => expect(mayReply(subject, self, quotedAuthor)).toBe(expected));
});
