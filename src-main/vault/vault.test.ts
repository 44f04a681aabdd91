import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { manualClock, oneTurn, seededRandom, systemClock, type Clock } from '../kernel/index.ts';
import { writeNew } from './key-file.ts';
import type { KeySource, KeySourceName } from './key-source.ts';
import { KEY_CALL_LIMIT_MS } from './key-source.ts';
import { openVault, type SecretRows, type Vault } from './index.ts';

const folders: string[] = [];
afterEach(() => {
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
});
const folder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'parley-vault-'));
  folders.push(dir);
  return dir;
};

function memoryRows(): SecretRows & { map: Map<string, Uint8Array> } {
  const map = new Map<string, Uint8Array>();
  return { map, get: (id) => map.get(id) ?? null, put: (id, bytes) => void map.set(id, bytes), delete: (id) => void map.delete(id) };
}

/** A keyring of the test's making. */
function fakeRing(name: KeySourceName, how: { key?: Uint8Array | null; fails?: boolean; hangs?: boolean; forgets?: boolean } = {}): KeySource & { how: typeof how; calls: () => number } {
  let calls = 0;
  return {
    name, title: 'the test keyring', isProtected: true, how, calls: () => calls,
    getKey() {
      calls += 1;
      if (how.hangs) return new Promise(() => {});
      return how.fails ? Promise.reject(new Error('no bus')) : Promise.resolve(how.key ?? null);
    },
    setKey(key) {
      if (how.fails) return Promise.reject(new Error('no bus'));
      if (!how.forgets) how.key = key;
      return Promise.resolve();
    },
  };
}

const vaultOf = (rows: SecretRows, dir: string, sources?: KeySource[], options: { clock?: Clock; env?: Record<string, string> } = {}): Vault =>
  openVault({ dir, rows, random: seededRandom(Math.floor(performance.now() * 1_000)), clock: options.clock ?? systemClock, env: options.env ?? {}, ...(sources ? { sources: () => sources } : {}) });

const secrets = { type: 'oauth2', accessToken: 'at-very-secret', refreshToken: 'rt-very-secret' };
const file = { env: { PARLEY_KEY_SOURCE: 'file' } };

describe('the vault', () => {
  it('gives back what it was given, to a later run too, and shows nothing of it', async () => {
    const rows = memoryRows();
    const dir = folder();
    await vaultOf(rows, dir, undefined, file).save('a', secrets);
    expect(await vaultOf(rows, dir, undefined, file).load('a')).toEqual(secrets);
    const raw = Buffer.from(rows.map.get('a') ?? []);
    for (const word of Object.values(secrets)) expect(raw.includes(word)).toBe(false);
    const key = readFileSync(join(dir, 'vault.key'), 'utf8').trim();
    expect(raw.includes(Buffer.from(key, 'base64'))).toBe(false);
  });

  it('locks anything, each time differently', async () => {
    const rows = memoryRows();
    const vault = vaultOf(rows, folder(), [fakeRing('keytar')]);
    await fc.assert(fc.asyncProperty(fc.dictionary(fc.string().filter((name) => name !== '__proto__'), fc.string()).map((d) => ({ ...d })), async (value) => {
      await vault.save('a', value);
      const first = Buffer.from(rows.get('a') ?? []).toString('hex');
      await vault.save('a', value);
      expect(Buffer.from(rows.get('a') ?? []).toString('hex')).not.toBe(first);
      expect(await vault.load('a')).toEqual(value);
    }));
  });

  it('a change of any single byte is noticed, and so is any cut', async () => {
    const rows = memoryRows();
    const vault = vaultOf(rows, folder(), [fakeRing('keytar')]);
    await vault.save('a', { k: 'v' });
    const good = rows.get('a') ?? new Uint8Array();
    for (let i = 0; i < good.length; i += 1) {
      rows.put('a', good.map((byte, at) => (at === i ? byte ^ 1 : byte)));
      await expect(vault.load('a'), `byte ${i}`).rejects.toMatchObject({ code: 'auth_needed' });
      rows.put('a', good.slice(0, i));
      await expect(vault.load('a'), `cut at ${i}`).rejects.toMatchObject({ code: 'auth_needed', message: expect.stringMatching(/\.$|; sign in again\.$/) as string });
    }
    rows.put('a', good);
    expect(await vault.load('a')).toEqual({ k: 'v' });
  });

  it('a row of one account opens for no other; a missing one is said; a forgotten one is gone', async () => {
    const rows = memoryRows();
    const vault = vaultOf(rows, folder(), [fakeRing('keytar')]);
    await vault.save('a', secrets);
    rows.put('b', rows.get('a') ?? new Uint8Array());
    await expect(vault.load('b')).rejects.toThrow(/damaged/);
    await expect(vault.load('c')).rejects.toThrow(/no stored sign-in/);
    await vault.forget('a');
    await expect(vault.load('a')).rejects.toThrow(/no stored sign-in/);
  });

  it('a newer version is named, not destroyed', async () => {
    const rows = memoryRows();
    const vault = vaultOf(rows, folder(), [fakeRing('keytar')]);
    await vault.save('a', secrets);
    rows.put('a', (rows.get('a') ?? new Uint8Array()).map((byte, at) => (at === 2 ? 9 : byte)));
    await expect(vault.load('a')).rejects.toThrow(/newer Parley/);
  });
});

describe('where the key lies', () => {
  it('takes the first source that works and says how it protects', async () => {
    for (const bad of [{ fails: true }, { forgets: true }]) {
      const protection = await vaultOf(memoryRows(), folder(), [fakeRing('keytar', bad), fakeRing('napi')]).protection();
      expect(protection).toEqual({ source: 'napi', isProtected: true, sentence: 'Sign-ins are locked with a key in the test keyring.' });
    }
    const dir = folder();
    expect(await vaultOf(memoryRows(), dir, undefined, file).protection()).toMatchObject({ source: 'file', isProtected: false, sentence: expect.stringMatching(/only by file permissions/) as string });
  });

  it('a vanished keyring is noticed: what it locked asks for sign-in, what comes now is locked otherwise, and both open when it is back', async () => {
    const rows = memoryRows();
    const dir = folder();
    const ring = fakeRing('keytar');
    const other = fakeRing('file');
    await vaultOf(rows, dir, [ring, other]).save('old', secrets);
    ring.how.fails = true;
    const without = vaultOf(rows, dir, [ring, other]);
    await expect(without.load('old')).rejects.toMatchObject({ code: 'auth_needed', retryable: true, message: 'The test keyring cannot be reached: no bus.' });
    await without.save('new', { a: '1' });
    ring.how.fails = false;
    const again = vaultOf(rows, dir, [ring, other]);
    expect(await again.load('old')).toEqual(secrets);
    expect(await again.load('new')).toEqual({ a: '1' });
  });

  it('another key under the same name is noticed', async () => {
    const rows = memoryRows();
    const dir = folder();
    await vaultOf(rows, dir, [fakeRing('keytar')]).save('a', secrets);
    await expect(vaultOf(rows, dir, [fakeRing('keytar', { key: new Uint8Array(32).fill(7) })]).load('a')).rejects.toThrow(/no longer in the test keyring/);
    await expect(vaultOf(rows, dir, [fakeRing('keytar')]).load('a')).rejects.toThrow(/no longer in the test keyring/);
    await expect(vaultOf(rows, dir, [fakeRing('napi')]).load('a')).rejects.toThrow(/not on this machine/);
  });

  it('a hanging keyring hangs nobody, and gets one call only', async () => {
    const clock = manualClock();
    const ring = fakeRing('keytar', { hangs: true });
    const vault = vaultOf(memoryRows(), folder(), [ring, fakeRing('napi')], { clock });
    const done = vault.protection();
    while (clock.pending() === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(KEY_CALL_LIMIT_MS);
    expect((await done).source).toBe('napi');
    expect(ring.calls()).toBe(1);
    expect(clock.pending()).toBe(0);
  });

  it('a keyring that forgets is not believed', async () => {
    const rows = memoryRows();
    await expect(vaultOf(rows, folder(), [fakeRing('keytar', { forgets: true })]).save('a', secrets)).rejects.toMatchObject({ code: 'auth_needed' });
    expect(rows.map.size).toBe(0);
  });

  it('two saves at once make one key', async () => {
    const rows = memoryRows();
    const dir = folder();
    const vault = vaultOf(rows, dir, undefined, file);
    await Promise.all([vault.save('a', { n: '1' }), vault.save('b', { n: '2' })]);
    const other = vaultOf(rows, dir, undefined, file);
    expect([await other.load('a'), await other.load('b')]).toEqual([{ n: '1' }, { n: '2' }]);
  });

  it('two processes at once end with one key', async () => {
    const rows = memoryRows();
    const dir = folder();
    const [one, two] = [vaultOf(rows, dir, undefined, file), vaultOf(rows, dir, undefined, file)];
    await Promise.all([one.save('a', { n: '1' }), two.save('b', { n: '2' })]);
    expect([await two.load('a'), await one.load('b')]).toEqual([{ n: '1' }, { n: '2' }]);
    expect(readdirSync(dir).filter((name) => name.startsWith('vault.')).sort()).toEqual(['vault.id', 'vault.key']);
  });

  it('whoever finds a new key file finds all of it', async () => {
    const dir = folder();
    for (let n = 0; n < 20; n += 1) {
      const path = join(dir, `${n}.key`);
      const seen = new Set<string>();
      let isWritten = false;
      const looking = (async () => {
        while (!isWritten) {
          if (existsSync(path)) seen.add(readFileSync(path, 'utf8'));
          await oneTurn();
        }
      })();
      await writeNew(path, 'the key');
      isWritten = true;
      await looking;
      expect([...seen].filter((text) => text !== 'the key')).toEqual([]);
      await expect(writeNew(path, 'another')).rejects.toMatchObject({ code: 'EEXIST' });
      expect(readFileSync(path, 'utf8')).toBe('the key');
    }
  });

  it('the choice can be forced, and a wrong word is said', async () => {
    const ring = fakeRing('keytar', { fails: true });
    await expect(vaultOf(memoryRows(), folder(), [ring, fakeRing('napi')], { env: { PARLEY_KEY_SOURCE: 'keytar' } }).save('a', secrets)).rejects.toThrow(/cannot be stored: The test keyring/);
    expect(() => vaultOf(memoryRows(), folder(), [], { env: { PARLEY_KEY_SOURCE: 'post-it' } })).toThrow(/may be keytar, napi, file or auto/);
  });

  it.skipIf(process.platform === 'win32')('the key file is this user’s only, also after a copy opened it, and a damaged one is never replaced', async () => {
    const rows = memoryRows();
    const dir = folder();
    await vaultOf(rows, dir, undefined, file).save('a', secrets);
    const path = join(dir, 'vault.key');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    chmodSync(path, 0o644);
    expect(await vaultOf(rows, dir, undefined, file).load('a')).toEqual(secrets);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    writeFileSync(path, 'rubbish');
    await expect(vaultOf(rows, dir, undefined, file).save('b', secrets)).rejects.toThrow(/damaged/);
    expect(readFileSync(path, 'utf8')).toBe('rubbish');
  });
});

const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const noRing = process.platform !== 'linux' ? 'needs Linux' : has('dbus-run-session') && has('gnome-keyring-daemon') ? null : 'dbus-run-session or gnome-keyring-daemon is not installed';

describe.skipIf(noRing !== null)(`a real Secret Service${noRing === null ? '' : ` (SKIPPED: ${noRing})`}`, () => {
  /** Runs `script` in a Node of its own inside a fresh session bus; `withRing` starts and unlocks gnome-keyring there first. */
  function inSession(home: string, withRing: boolean, source: string): { out: string; err: string; status: number | null } {
    const script = `
      import { openVault } from './src-main/vault/index.ts';
      import { systemRandom } from './src-main/kernel/index.ts';
      import { existsSync, readFileSync, writeFileSync } from 'node:fs';
      const at = process.env.ROWS + '/row';
      const rows = { get: () => (existsSync(at) ? Uint8Array.from(readFileSync(at)) : null), put: (_id, bytes) => writeFileSync(at, bytes), delete: () => {} };
      const vault = openVault({ dir: process.env.ROWS, rows, random: systemRandom });
      try {
        if (!rows.get()) await vault.save('a', { token: 'one' });
        console.log(JSON.stringify({ ...(await vault.load('a')), source: (await vault.protection()).source }));
      } catch (error) { console.log(JSON.stringify({ code: error.code, message: error.message })); }
      process.exit(0);`;
    const ring = withRing ? 'echo -n open | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; ' : '';
    const env = { PATH: process.env['PATH'] ?? '', HOME: home, XDG_RUNTIME_DIR: home, XDG_DATA_HOME: join(home, 'data'), ROWS: home, PARLEY_KEY_SOURCE: source, NODE_NO_WARNINGS: '1' };
    const child = spawnSync('dbus-run-session', ['--', 'sh', '-c', `${ring}"$NODE" --input-type=module -e "$SCRIPT"`], { env: { ...env, NODE: process.execPath, SCRIPT: script }, encoding: 'utf8', timeout: 60_000 });
    return { out: child.stdout.trim(), err: child.stderr, status: child.status };
  }
  const prepared = (): string => {
    const home = folder();
    chmodSync(home, 0o700);
    return home;
  };
  const optional = (name: string): boolean => existsSync(join(import.meta.dirname, '../../node_modules', name));

  it.skipIf(!optional('keytar')).each(['keytar', 'auto'])('keeps the key over a restart (%s)', { timeout: 120_000 }, (source) => {
    const home = prepared();
    for (let round = 0; round < 2; round += 1) {
      const { out, err } = inSession(home, true, source);
      expect(out, err).toBe(JSON.stringify({ token: 'one', source: 'keytar' }));
    }
    expect(existsSync(join(home, 'vault.key'))).toBe(false);
    expect(JSON.parse(inSession(home, false, source).out)).toMatchObject({ code: 'auth_needed' });
  });

  it.skipIf(!optional('@napi-rs/keyring'))('keeps the key over a restart (napi)', { timeout: 120_000 }, () => {
    const home = prepared();
    for (let round = 0; round < 2; round += 1) {
      const { out, err } = inSession(home, true, 'napi');
      expect(out, err).toBe(JSON.stringify({ token: 'one', source: 'napi' }));
    }
  });

  it('without one, auto falls back to the key file and says so', { timeout: 120_000 }, () => {
    const home = prepared();
    expect(inSession(home, false, 'auto').out).toBe(JSON.stringify({ token: 'one', source: 'file' }));
  });
});
