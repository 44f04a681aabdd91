import { mkdirSync, writeFileSync } from 'node:fs';
import { callsFile, customersFile } from './make/csv-files.ts';
import { mailFile } from './make/mail-file.ts';
import { buildTimeline } from './make/timeline.ts';
import { archiveFile, seedFile } from './make/x-files.ts';

/** The sample files by name. The same bytes on every run and machine. */
export async function sampleFiles(): Promise<Record<string, Uint8Array>> {
  const timeline = buildTimeline();
  const text = (s: string): Uint8Array => new TextEncoder().encode(s);
  return {
    'mail.mbox': await mailFile(timeline.mails),
    'x-archive.zip': archiveFile(timeline),
    'x-posts.json': text(`${JSON.stringify(seedFile(timeline), null, 1)}\n`),
    'calls.csv': text(callsFile(timeline)),
    'customers.csv': text(customersFile(timeline)),
  };
}

// Run as a script it rewrites src-main/demo/sample/.
if (import.meta.main) {
  const folder = new URL('./sample/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(await sampleFiles())) writeFileSync(new URL(name, folder), bytes);
}
