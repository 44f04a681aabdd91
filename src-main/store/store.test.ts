import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mailEvent, openTestDesk, tempDir } from '../test-desk.ts';
import { connect, plannedOnce } from './db.ts';
import { checkStore, firstIdAt, lockWorkspace, openContentStore, openStore, search, tables, timeOfId } from './index.ts';
import { migrate, versionOf } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { excerptOf } from './search/excerpt.ts';
import { parseQuery } from './search/query.ts';

describe('statements', () => {
  test.each([
    ['SELECT a FROM t WHERE b = ? AND c IN (?,?) ORDER BY d LIMIT ? OFFSET ?', 'SELECT a FROM t WHERE b = +? AND c IN (+?,+?) ORDER BY d LIMIT ? + 0 OFFSET ? + 0'],
    [`SELECT '?', 'it''s ?', "?" FROM t WHERE a LIKE ? ESCAPE '\\' AND b = ? -- why?\n AND c = ?`, `SELECT '?', 'it''s ?', "?" FROM t WHERE a LIKE ? ESCAPE '\\' AND b = +? -- why?\n AND c = +?`],
    ['SELECT rowid FROM f WHERE f MATCH ? AND rowid < ? - ?', 'SELECT rowid FROM f WHERE f MATCH ? AND rowid < +? - +?'],
  ])('hide their values from the planner: %s', (sql, planned) => {
    expect(plannedOnce(sql)).toBe(planned);
  });
  test('give the same with their values hidden', () => {
    const { raw, read } = connect(join(tempDir(), 'x.db'), { readonly: false });
    raw.exec(`CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, n REAL); CREATE INDEX ta ON t (a) WHERE n > 1; INSERT INTO t VALUES (1, '1', 1), (2, '1', 2), (3, 'x', 3), (4, NULL, 4)`);
    for (const sql of ['SELECT * FROM t WHERE a = ? ORDER BY id', 'SELECT DISTINCT a FROM t WHERE id > ? ORDER BY a', 'SELECT id FROM t WHERE a IS ?', 'SELECT id FROM t WHERE n > ? ORDER BY id', 'SELECT id, ? AS v FROM t'])
      for (const value of [1, '1', 2, 'x', null]) expect(read.all(sql, value), `${sql} ${value}`).toEqual(raw.prepare(sql).all(value));
    expect(read.all('SELECT id FROM t ORDER BY n DESC LIMIT ? OFFSET ?', 2, 1)).toEqual([{ id: 3 }, { id: 2 }]);
    raw.close();
  });
});

describe('schema', () => {
  test('a database of a newer Parley is not touched and says so', () => {
    const path = join(tempDir(), 'parley.db');
    const { raw } = connect(path, { readonly: false });
    raw.exec('CREATE TABLE future (x); PRAGMA user_version = 9990');
    raw.close();
    const before = readFileSync(path);
    expect(() => openStore(path)).toThrow('newer Parley');
    expect(readFileSync(path).equals(before)).toBe(true);
  });
  test('a step that fails leaves the schema and its number as they were', () => {
    const { raw } = connect(join(tempDir(), 'x.db'), { readonly: false });
    const bad = { version: 9_000, name: 'bad', rewrites: true, up: (exec: (sql: string) => void) => (exec('CREATE TABLE half (x)'), exec('NONSENSE')) };
    let backups = 0;
    migrate(raw, () => (backups += 1), [migrations[0] ?? bad]);
    expect(() => migrate(raw, () => (backups += 1), [...migrations, bad])).toThrow('syntax error');
    expect([versionOf(raw), backups, raw.prepare(`SELECT count(*) AS n FROM sqlite_master WHERE name = 'half'`).get()]).toEqual([migrations.at(-1)?.version, backups, { n: 0 }]);
    expect(backups).toBe(1 + migrations.slice(1).filter((m) => m.rewrites).length);
    raw.close();
  });
  test('versions rise in tens', () => {
    const versions = migrations.map((m) => m.version);
    expect(versions).toEqual(versions.filter((v) => v % 10 === 0).toSorted((a, b) => a - b));
    expect(new Set(versions).size).toBe(versions.length);
  });
  test.each([['no database', Buffer.from('this is no database, only text that is long enough to have a header of sorts '.repeat(20))]])('%s is one clear sentence', (_, bytes) => {
    const path = join(tempDir(), 'parley.db');
    writeFileSync(path, bytes);
    expect(() => openStore(path)).toThrow('is damaged or no Parley workspace');
  });
});

describe('workspace', () => {
  test('is held by one console at a time and free again when it lets go', () => {
    const dir = tempDir();
    const lock = lockWorkspace(dir);
    expect(() => lockWorkspace(dir)).toThrow('Another Parley has the workspace');
    lock.release();
    lockWorkspace(dir).release();
  });
  test('a write of another process is noticed and can be asked for', () => {
    const desk = openTestDesk();
    const seq = desk.store.seq();
    const version = desk.store.foreignVersion();
    const other = openStore(join(desk.dir, 'parley.db'));
    other.run({ name: 't', apply: (tx) => tx.touch('customer', 'c-1') }, null, { at: 1, agent: 'x' });
    other.close();
    expect(desk.store.foreignVersion()).not.toBe(version);
    expect(desk.store.changesSince(seq)?.rows).toEqual(new Map([['customer', new Set(['c-1'])]]));
  });
  test('a backup is a whole workspace and never overwrites', () => {
    const desk = openTestDesk();
    desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now())]);
    const to = join(desk.dir, 'copy.db');
    desk.store.backup(to);
    expect(() => desk.store.backup(to)).toThrow('never overwrites');
    const copy = openStore(to);
    expect(checkStore(copy, openContentStore(desk.dir))).toMatchObject({ ok: true, messages: 1 });
    copy.close();
  });
  test('the same bytes are stored once, and damage of a name cannot lead out of the folder', () => {
    const dir = tempDir();
    const files = openContentStore(dir);
    expect(files.put(Buffer.from('x'))).toBe(files.put(Buffer.from('x')));
    expect(() => files.get('../../etc/passwd')).toThrow('no name of a stored file');
    expect(() => files.get('0'.repeat(64))).toThrow('no longer on this machine');
  });
  test('many files are stored as one by one, also by two at the same time, and nothing half done is left', async () => {
    const dir = tempDir();
    const files = openContentStore(dir);
    const all = Array.from({ length: 150 }, (_, i) => Buffer.from(`file ${i % 140}`));
    const [first, second] = await Promise.all([files.putAll(all), files.putAll(all)]);
    expect(first).toEqual(all.map((bytes) => files.put(bytes)));
    expect(second).toEqual(first);
    expect(first.map((name) => Buffer.from(files.get(name)).toString())).toEqual(all.map(String));
    expect(readdirSync(dir, { recursive: true }).filter((name) => String(name).length > 2).length).toBe(140);
  });
  test('check finds what is wrong: a lost index entry, a lost attachment, a wrong counter', () => {
    const desk = openTestDesk();
    const file = { sha256: 'ab'.repeat(32), name: 'a.txt', type: 'text/plain', size: 1, contentId: null, alt: null };
    desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now(), { files: [file] })]);
    desk.run({ name: 't', apply: (tx) => void (tx.db.run(`INSERT INTO message_index (message_index) VALUES ('delete-all')`), tx.db.run('UPDATE queue_count SET n = n + 3')) }, null);
    const { problems } = checkStore(desk.store, openContentStore(desk.dir));
    expect(problems.join(' ')).toMatch(/message_index .*open conversations is off by 3.*1 attachments/s);
  });
  test('a changed or removed message leaves its indexes right', () => {
    const desk = openTestDesk();
    desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now()), mailEvent('bob@example.org', desk.clock.now())]);
    const [first, second] = desk.store.read.all<{ id: number }>('SELECT id FROM message');
    desk.run({ name: 't', apply(tx) {
      const a = tables.messageById(tx.db, first?.id ?? 0);
      const b = tables.messageById(tx.db, second?.id ?? 0);
      if (a) tables.tombstone(tx.db, a, 1);
      if (b) tables.removeMessage(tx.db, b);
    } }, null);
    expect([desk.store.checkIndex('message_index'), desk.store.checkIndex('message_typing')]).toEqual([null, null]);
  });
  test('copies of a running database are whole', () => {
    const desk = openTestDesk();
    desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now())]);
    for (const end of ['', '-wal']) if (existsSync(join(desk.dir, `parley.db${end}`))) copyFileSync(join(desk.dir, `parley.db${end}`), join(desk.dir, `crash.db${end}`));
    const after = openStore(join(desk.dir, 'crash.db'));
    expect(checkStore(after, openContentStore(desk.dir)).ok).toBe(true);
    after.close();
  });
});

test('message ids are their times, 1,024 in a millisecond and then the next one', () => {
  const desk = openTestDesk();
  const at = desk.clock.now();
  const events = Array.from({ length: 1_030 }, (_, i) => mailEvent('ann@example.org', at, { externalId: `<${i}@x>` }));
  desk.take(desk.accounts.email, events);
  const ids = desk.store.read.all<{ id: number }>('SELECT id FROM message ORDER BY id').map((r) => r.id);
  expect([ids[0], ids[1_023], ids[1_024], new Set(ids).size]).toEqual([firstIdAt(at), firstIdAt(at) + 1_023, firstIdAt(at + 1), 1_030]);
  expect([timeOfId(firstIdAt(at)), firstIdAt(0)]).toEqual([at, 0]);
});

describe('search', () => {
  const HI = ['ग्राहक सेवा बहुत धीमी है', 'गुरु हक से बोले', 'কৃষ্ণ গ্রাহক সেবা', 'O serviço não está a funcionar, João', 'Café Zürich', 'Internet down since 9', 'कि किताब'];
  const opened = (): { find: (text: string) => string[] } => {
    const desk = openTestDesk();
    desk.take(desk.accounts.email, HI.map((text, i) => mailEvent(i % 2 === 0 ? 'ann@example.org' : 'bob@example.net', desk.clock.now() + i, { text, subject: `subject ${i}`, direction: i === 3 ? 'outbound' : 'inbound' })));
    return { find: (text) => search(desk.store.read, { text, before: null, limit: 50, zoneOffsetMinutes: 0 }).hits.map((h) => h.excerpt) };
  };
  test.each([
    ['ग्राहक ', ['ग्राहक सेवा बहुत धीमी है']], // not गुरु हक (C10)
    ['कि ', ['कि किताब']],
    ['গ্রাহক', ['কৃষ্ণ গ্রাহক সেবা']],
    ['ग्रा', ['ग्राहक सेवा बहुत धीमी है']],
    ['joao', ['O serviço não está a funcionar, João']],
    ['nao servico', ['O serviço não está a funcionar, João']],
    ['cafe zurich', ['Café Zürich']],
    ['since down', ['Internet down since 9']],
    ['"down since"', ['Internet down since 9']],
    ['"since down"', []],
    ['intern', ['Internet down since 9']],
    ['intern ', []],
    ['intern* ', ['Internet down since 9']],
    ['subject -internet', ['कि किताब', 'Café Zürich', 'O serviço não está a funcionar, João', 'কৃষ্ণ গ্রাহক সেবা', 'गुरु हक से बोले', 'ग्राहक सेवा बहुत धीमी है']],
    ['from:bob subject', ['Internet down since 9', 'गुरु हक से बोले']],
    ['is:outbound', ['O serviço não está a funcionar, João']],
    ['channel:x internet', []],
    ['kind:mail internet', ['Internet down since 9']],
    ['before:2020-01-01 internet', []],
    ['after:2020-01-01 internet', ['Internet down since 9']],
    ['क्\u200Dकि', []],
    ['" OR 1', []],
    ['NEAR(', []],
    ['', []],
  ])('%j finds', (text, expected) => expect(opened().find(text)).toEqual(expected));

  test('joiners in the text do not hide a word, and the reader still sees them', () => {
    const desk = openTestDesk();
    desk.take(desk.accounts.email, [mailEvent('ann@example.org', desk.clock.now(), { text: 'क्\u200Dष यह है' })]);
    const id = desk.store.read.get<{ id: number }>('SELECT id FROM message')?.id ?? 0;
    expect(tables.entriesById(desk.store.read, [id])[0]?.text).toBe('क्\u200Dष यह है');
    expect(search(desk.store.read, { text: 'क्ष ', before: null, limit: 5, zoneOffsetMinutes: 0 }).hits).toHaveLength(1);
  });
  test('pages go on where the last one ended', () => {
    const desk = openTestDesk();
    desk.take(desk.accounts.email, Array.from({ length: 25 }, (_, i) => mailEvent('ann@example.org', desk.clock.now() + i)));
    const seen: number[] = [];
    for (let before: number | null = null; ; ) {
      const page = search(desk.store.read, { text: 'parcel', before, limit: 10, zoneOffsetMinutes: 0 });
      seen.push(...page.hits.map((h) => h.messageId));
      if (page.next === null) break;
      before = page.next;
    }
    expect([seen.length, new Set(seen).size, seen.toSorted((a, b) => b - a)]).toEqual([25, 25, seen]);
  });
  test.each([['is:nonsense x', 'is: knows'], ['before:tomorrow x', 'takes a date'], ['channel:fax x', 'channel: knows'], ['-only', 'Say also']])('%j says what is wrong', (text, part) => {
    expect(parseQuery(text, () => 0).problem).toContain(part);
  });
  test('marks never cut a letter from its vowel sign', () => {
    const { excerpt, marks } = excerptOf('नमस्ते ग्राहकों को', ['ग्राहक']);
    expect(marks.map(([a, b]) => excerpt.slice(a, b))).toEqual(['ग्राहकों']);
  });
});
