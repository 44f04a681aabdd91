import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRawChunks, type SharedBytes } from './raw-chunks.ts';

const KB = 1024;
const mail = (bytes: number, fill: number): Uint8Array => new Uint8Array(bytes).fill(fill);

it('mails keep their bytes until they are released, whatever comes and goes meanwhile', () => {
  const step = fc.record({ bytes: fc.oneof(fc.integer({ min: 0, max: 4 * KB }), fc.integer({ min: 0, max: 600 * KB })), releases: fc.array(fc.nat(), { maxLength: 3 }) });
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const chunks = createRawChunks();
    const held: { raw: Uint8Array; shared: SharedBytes }[] = [];
    for (const [i, { bytes, releases }] of steps.entries()) {
      const raw = mail(bytes, i);
      held.push({ raw, shared: chunks.put(raw) });
      for (const which of releases) held.splice(which % held.length, 1)[0]?.shared.release();
      for (const one of held) expect(Buffer.compare(one.shared.bytes, one.raw)).toBe(0);
      if (held.length === 0) held.push({ raw, shared: chunks.put(raw) });
    }
  }), { numRuns: 60 });
});

it('10,000 mails pass through the same few chunks', () => {
  const chunks = createRawChunks();
  const seen = new Set<unknown>();
  const waiting: SharedBytes[] = [];
  for (let i = 0; i < 10_000; i += 1) {
    const shared = chunks.put(mail(6 * KB, i));
    seen.add(shared.bytes.buffer);
    waiting.push(shared);
    if (waiting.length > 500) waiting.shift()?.release();
  }
  expect(seen.size).toBeLessThan(6);
});

it('a large mail has memory of its own, and a thread sees the same bytes', () => {
  const chunks = createRawChunks();
  const [small, large] = [chunks.put(mail(10, 1)), chunks.put(mail(700 * KB, 2))];
  expect(large.bytes.buffer.byteLength).toBe(700 * KB);
  expect([small.bytes.buffer, large.bytes.buffer].every((buffer) => buffer instanceof SharedArrayBuffer)).toBe(true);
});
