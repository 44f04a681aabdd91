import { describe, expect, it } from 'vitest';
import { fold } from '../../src-renderer/state/words/fold.ts';
import { mailBodies } from '../channels/email/body.ts';
import { answeredMail, forwardedMail, forwardSubject } from './quote.ts';

const mail = { author: 'Asha Rao', at: Date.UTC(2026, 4, 3, 8, 5), subject: 'Flowers', text: 'They are late.\n\n> Soon.', from: 'asha@rao.example', to: ['care@acme.example'], cc: [] };
const quoted = (language: string | null) => answeredMail(mail, language, 'Asia/Kolkata') ?? { kind: 'answer' as const, lead: '', text: '' };

describe('the original under an answer', () => {
  it.each([
    [null, 'On May 3, 2026, 1:35 PM, Asha Rao wrote:'], ['en-GB', 'On 3 May 2026, 13:35, Asha Rao wrote:'], ['xx', 'On May 3, 2026, 1:35 PM, Asha Rao wrote:'],
    ['hi', /को Asha Rao ने लिखा:$/], ['bn', /তারিখে Asha Rao লিখেছেন:$/], ['pt', /^Em .*, Asha Rao escreveu:$/], ['ms', /^Pada .*, Asha Rao menulis:$/], ['es', /^El .* escribió:$/], ['fr', /^Le .* a écrit :$/], ['de', /^Am .* schrieb Asha Rao:$/],
  ])('is begun in the language %s', (language, lead) => {
    if (typeof lead === 'string') expect(quoted(language).lead).toBe(lead);
    else expect(quoted(language).lead).toMatch(lead);
  });

  it.each([null, 'hi', 'bn', 'pt', 'ms', 'es', 'fr', 'de', 'it', 'nl'])('folds away where it is read (%s)', (language) => {
    const { plain } = mailBodies({ text: 'Today.', isMarked: true, quoted: quoted(language) });
    expect(fold(plain).map((part) => part.type)).toEqual(['text', 'quote']);
    expect(plain).toMatch(/:\n> They are late\.\n> \n>> Soon\.$/);
  });

  it('is text, whatever was in it', () => {
    const { html } = mailBodies({ text: '**Yes**', isMarked: true, quoted: { kind: 'answer', lead: 'On Monday, <b>x</b> wrote:', text: '<script>alert(1)</script>\n**no**' } });
    expect(html).toContain('<strong>Yes</strong>');
    expect(html).toMatch(/On Monday, &lt;b&gt;x&lt;\/b&gt; wrote:<\/p>\n<blockquote [^>]*>&lt;script&gt;alert\(1\)&lt;\/script&gt;<br>\n\*\*no\*\*<\/blockquote>$/);
  });

  it('is left out when there is nothing in it', () => expect(answeredMail({ ...mail, text: ' \n' }, null, 'UTC')).toBeNull());
});

it('a mail passed on carries its head, and folds away', () => {
  const { plain } = mailBodies({ text: 'Can you help?', isMarked: true, quoted: forwardedMail({ ...mail, cc: ['bob@stone.example'] }, 'UTC') });
  expect(plain).toBe('Can you help?\n\n---------- Forwarded message ---------\nFrom: Asha Rao <asha@rao.example>\nDate: May 3, 2026, 8:05 AM\nSubject: Flowers\nTo: care@acme.example\nCc: bob@stone.example\n\nThey are late.\n\n> Soon.');
  expect(fold(plain).map((part) => part.type)).toEqual(['text', 'quote']);
});

it.each([['Flowers', 'Fwd: Flowers'], ['Fwd: FW: Flowers', 'Fwd: Flowers'], ['Re: Flowers', 'Fwd: Re: Flowers'], [null, 'Fwd:']])('the subject %j is passed on as %j', (before, after) => expect(forwardSubject(before)).toBe(after));
