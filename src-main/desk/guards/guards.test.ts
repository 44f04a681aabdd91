import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeSend, enqueue } from '../../outbox/index.ts';
import { ParleyError } from '../../kernel/index.ts';
import { openTestDesk, postEvent, type TestDesk } from '../../test-desk.ts';
import { tables } from '../../store/index.ts';
import { claim, updateSettings } from '../index.ts';
import { checkDraft } from './check-draft.ts';
import { findPrivateData, passesIban, passesLuhn } from './private-data.ts';

describe('private data', () => {
  test.each<[string, string[]]>([
    ['Your card 4111 1111 1111 1111 was charged', ['card …1111']],
    ['4111-1111-1111-1111', ['card …1111']],
    ['card ४१११ ११११ ११११ ११११', ['card …1111']],
    ['amex 378282246310005', ['card …0005']],
    ['to IBAN DE89 3704 0044 0532 0130 00, as agreed', ['iban …3000']],
    ['GB82WEST12345698765432', ['iban …5432']],
    ['gb82 west 1234 5698 7654 32', ['iban …5432']],
    ['DE89 3704 0044 0532 0130 02', ['account …3002']],
    ['account number: 12345678', ['account …5678']],
    ['Konto 123456', ['account …3456']],
    ['खाता संख्या १२३४५६७८', ['account …5678']],
    ['your reference 1234567890', ['account …7890']],
    ['call us on 0800 123 4567', []], ['+44 7700 900123', []], ['+1 202 555 0114', []], ['1-800-555-0199', []], ['202 555 0114', []],
    ['on 2026-03-14 10:30', []], ['20260314', []], ['order AC-2210', []], ['#1234567890123', []], ['https://x.com/i/status/1789456123789456123', []], ['£1,250,000.00', []], ['@user1234567890', []],
    ['', []],
  ])('%j', (text, found) => expect(findPrivateData(text).map((f) => `${f.guard} ${f.what}`)).toEqual(found));

  test.each([
    'What is your account number?', 'Please send your password', 'account number?', 'Could you confirm your date of birth', 'DM us your PIN and we will check', 'Tell us your card details here',
    'कृपया अपना खाता संख्या भेजें', 'अपना पासवर्ड बताइए', 'आपका ओटीपी क्या है?', 'আপনার অ্যাকাউন্ট নম্বর পাঠান', 'পাসওয়ার্ড দিন', 'আপনার জন্ম তারিখ কত?',
    'Envie o número da sua conta', 'Qual é a sua data de nascimento?', 'Diga-nos a senha', 'Sila hantar nombor akaun anda', 'Apa kata laluan anda?', 'Tolong berikan nombor kad pengenalan',
  ])('asks for it: %j', (text) => expect(findPrivateData(text).map((f) => f.guard)).toEqual(['asks']));
  test.each([
    'Never send your password to anybody', 'We will never ask for your PIN.', 'We changed the password policy', 'Please send us your account number in a DM', 'Your card was declined', 'I will look into your account',
    'कृपया अपना खाता संख्या निजी संदेश में भेजें', 'पासवर्ड कभी न बताएं', 'পাসওয়ার্ড কাউকে দেবেন না', 'Nunca envie a senha', 'Envie o número da conta por mensagem direta', 'Jangan kongsi kata laluan', 'Sila hantar nombor akaun melalui mesej peribadi',
    'The pinboard is nice, please post a photo', 'मेरा पिनकोड', 'Where do you live, roughly?',
  ])('does not ask for it: %j', (text) => expect(findPrivateData(text)).toEqual([]));

  test('every number with a right check digit is found, wherever it stands', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 14, maxLength: 14 });
    fc.assert(fc.property(digits, fc.constantFrom('', ' ', '-'), (body, separator) => {
      const head = `4${body.join('')}`;
      const check = [...'0123456789'].find((digit) => passesLuhn(head + digit)) ?? '';
      const written = `${head}${check}`.match(/.{4}/g)?.join(separator) ?? '';
      expect(findPrivateData(`it is ${written}, thanks`)[0]?.guard).toBe('card');
    }), { numRuns: 200 });
    expect(passesIban('GB82WEST12345698765432')).toBe(true);
    expect(passesIban('GB82WEST12345698765433')).toBe(false);
  });
});

describe('a draft', () => {
  const settings = { watchWords: ['guarantee', 'গ্যারান্টি'] };
  test.each<[Parameters<typeof checkDraft>[0], string[]]>([
    [{ mode: 'reply', text: 'We refund [[amount]]' }, ['blank']], [{ mode: 'mail', text: 'We refund [[amount]] and [[date]]' }, ['blank']], [{ mode: 'dm', text: 'Your card 4111111111111111' }, []],
    [{ mode: 'reply', text: '[[x]] 4111111111111111 guarantee' }, ['card', 'blank', 'watch']], [{ mode: 'mail', text: 'We guarantee it' }, []], [{ mode: 'reply', text: 'We GUARANTEE it' }, ['watch']], [{ mode: 'reply', text: 'গ্যারান্টি দিচ্ছি' }, ['watch']],
    [{ mode: 'note', text: '[[x]] 4111111111111111 guarantee' }, []], [{ mode: 'reply', text: 'All fine' }, []],
  ])('%j', (draft, guards) => expect(checkDraft(draft, settings).map((p) => p.guard)).toEqual(guards));
});

describe('the core', () => {
  const open = (): { desk: TestDesk; send: (text: string, over?: { agent?: string; readAgain?: boolean; requestId?: string }) => unknown; conversationId: string } => {
    const desk = openTestDesk();
    desk.take(desk.accounts.x, [postEvent('1', '@ann', desk.clock.now(), 'hello?')]);
    const { id: conversationId, lastMessageId } = desk.conversation('1');
    const send = (text: string, { agent = 'RB', readAgain = false, requestId = desk.ids.next() } = {}): unknown => {
      const args = composeSend(desk.store.read, {
        requestId, conversationId, mode: 'reply', accountId: desk.accounts.x, to: ['@ann'], cc: [], subject: null, text, inReplyTo: lastMessageId, attachmentIds: [], seenAt: Number.MAX_SAFE_INTEGER, evenIfStale: false, readAgain,
      }, { ids: desk.ids, agent, now: desk.clock.now() });
      return desk.store.run(enqueue, args, { at: desk.clock.now(), agent });
    };
    return { desk, send, conversationId };
  };
  const failure = (run: () => unknown): Pick<ParleyError, 'code' | 'detail'> => {
    try {
      run();
    } catch (error) {
      if (error instanceof ParleyError) return { code: error.code, detail: error.detail };
      throw error;
    }
    throw new Error('it was not refused');
  };

  test('refuses a blank, private data and asking for it, and nothing is on its way', () => {
    const { desk, send } = open();
    expect(failure(() => send('We refund [[amount]]'))).toEqual({ code: 'guarded', detail: { guard: 'blank', what: 'amount' } });
    expect(failure(() => send('Your card 4111 1111 1111 1111', { readAgain: true }))).toEqual({ code: 'guarded', detail: { guard: 'card', what: '…1111' } });
    expect(failure(() => send('What is your account number?'))).toEqual({ code: 'guarded', detail: { guard: 'asks', what: 'account number' } });
    expect(tables.unfinished(desk.store.read)).toEqual([]);
  });
  test('asks for one more read of a watched word, once', () => {
    const { send } = open();
    expect(failure(() => send('We guarantee it'))).toEqual({ code: 'guarded', detail: { guard: 'watch', what: 'guarantee' } });
    send('We guarantee it', { readAgain: true });
  });
  test('refuses an answer in a conversation somebody else has claimed, when that is the rule; a take-over gives it', () => {
    const { desk, send, conversationId } = open();
    desk.run(claim, { conversationId, takeOver: false });
    send('claims are shown only', { agent: 'MK' });
    desk.run(updateSettings, { patch: { enforceClaims: true } });
    expect(failure(() => send('two of us', { agent: 'MK' }))).toEqual({ code: 'conflict', detail: { owner: 'RB' } });
    send('the owner may');
    desk.store.run(claim, { conversationId, takeOver: true }, { at: desk.clock.now(), agent: 'MK' });
    expect(failure(() => send('not any more'))).toEqual({ code: 'conflict', detail: { owner: 'MK' } });
    send('taken over', { agent: 'MK' });
  });
  test('two agents who press Send in one claimed conversation: exactly one leaves', () => {
    const { desk, send, conversationId } = open();
    desk.run(updateSettings, { patch: { enforceClaims: true } });
    desk.run(claim, { conversationId, takeOver: false });
    const outcomes = ['MK', 'RB', 'JP'].map((agent) => {
      try {
        return send(`from ${agent}`, { agent }) !== null;
      } catch {
        return false;
      }
    });
    expect(outcomes).toEqual([false, true, false]);
    expect(tables.unfinished(desk.store.read)).toHaveLength(1);
  });
  test('the same intent again answers what it answered before, whatever changed since', () => {
    const { desk, send, conversationId } = open();
    const requestId = desk.ids.next();
    send('once', { requestId });
    desk.run(updateSettings, { patch: { enforceClaims: true, watchWords: ['once'] } });
    desk.store.run(claim, { conversationId, takeOver: true }, { at: desk.clock.now(), agent: 'MK' });
    expect(send('once', { requestId })).toMatchObject({ value: { messageId: expect.any(Number) } });
  });
});
