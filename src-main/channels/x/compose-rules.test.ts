import { describe, expect, it } from 'vitest';
import { composeReply } from './compose-rules.ts';
import { mayReply } from './map.ts';
import type { XPost } from './shapes.ts';

const detail = { type: 'post' as const, postId: '1', url: 'https://x.com/maria/status/1', inReplyTo: null, conversationId: '1', quoted: null, isPromoted: false, replyAllowed: true };

describe('before the first key', () => {
  it('a summoned reply is open, with both prices', () =>
    expect(composeReply({ detail, isDeleted: false })).toEqual({ available: true, reason: null, maxWeighted: 280, price: { plain: 0.01, withLink: 0.2 }, openUrl: detail.url }));
  it.each([
    ['nothing to answer', null, null],
    ['deleted', { detail, isDeleted: true }, null],
    ['not summoned', { detail: { ...detail, replyAllowed: false }, isDeleted: false }, detail.url],
  ])('%s is closed with a reason', (_name, newest, openUrl) => {
    const rule = composeReply(newest);
    expect(rule).toMatchObject({ available: false, openUrl });
    expect(rule.reason).toMatch(/^\p{Lu}.*\.$/u);
  });
});

describe('who may be answered', () => {
  const self = { id: '42', handle: 'AcmeCare' };
  const post = (over: Partial<XPost>): XPost => ({ id: '9', text: '', entities: {}, authorId: '7', conversationId: '9', createdAt: null, inReplyToUserId: null, repliedTo: null, quoted: null, isPromoted: false, ...over });
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
