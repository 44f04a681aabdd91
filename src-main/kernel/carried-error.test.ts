import { describe, expect, it } from 'vitest';
import { packError, unpackError } from './carried-error.ts';
import { ParleyError } from './errors.ts';

const crossed = (thrown: unknown): Error => unpackError(structuredClone(packError(thrown)));

describe('an error that goes to another thread', () => {
  it.each([
    ['one for a person', new ParleyError('auth_needed', 'Sign in again.')],
    ['one worth another try', new ParleyError('offline', 'Nobody answers.', { retryable: true })],
    ['one with more to say', new ParleyError('refused', 'Too large.', { detail: { bytes: 7, name: 'a.pdf', isCut: false, limit: null } })],
  ])('%s is the same there', (_, error) => {
    const here = crossed(error);
    expect(here).toBeInstanceOf(ParleyError);
    expect(here).toMatchObject({ name: 'ParleyError', code: error.code, message: error.message, retryable: error.retryable, detail: error.detail });
  });

  it.each([
    ["the system's", Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', errno: -111 }), { code: 'ECONNREFUSED', errno: -111, message: 'connect ECONNREFUSED' }],
    ["the database's", Object.assign(new Error('disk full'), { name: 'SqliteError', code: 'SQLITE_FULL' }), { name: 'SqliteError', code: 'SQLITE_FULL' }],
    ["a mail library's", Object.assign(new Error('no'), { authenticationFailed: true, serverResponseCode: 'LIMIT' }), { authenticationFailed: true, serverResponseCode: 'LIMIT' }],
    ['a kind of its own', new TypeError('x is not a function'), { name: 'TypeError', message: 'x is not a function' }],
    ['no error at all', 'just words', { name: 'Error', message: 'just words' }],
    ['nothing', undefined, { message: 'undefined' }],
  ])('%s is told apart there as it is here', (_, thrown, seen) => {
    expect(crossed(thrown)).toBeInstanceOf(Error);
    expect(crossed(thrown)).toMatchObject(seen);
  });

  it('leaves behind what cannot cross', () => {
    const error = Object.assign(new Error('lost'), { socket: { write: () => {} }, retry: () => {}, code: 'EPIPE' });
    expect(crossed(error)).toMatchObject({ code: 'EPIPE', message: 'lost' });
    expect(crossed(error)).not.toHaveProperty('socket');
  });
});
