// Writes a deterministic mbox: `node bench/make-mbox.ts <file> [messages] [customers]`.
import { closeSync, openSync, writeSync } from 'node:fs';
import { makeMails } from './make-mails.ts';

export function writeMbox(path: string, messages: number, customers: number): void {
  const file = openSync(path, 'w');
  let buffer = '';
  for (const { from, at, raw } of makeMails(messages, customers)) {
    const stamp = at.toUTCString();
    buffer += `From ${from} ${stamp.slice(0, 3)} ${stamp.slice(8, 11)} ${stamp.slice(5, 7)} ${stamp.slice(17, 25)} ${stamp.slice(12, 16)}\n${raw.replace(/^(>*From )/gm, '>$1')}\n`;
    if (buffer.length > 1 << 20) {
      writeSync(file, buffer);
      buffer = '';
    }
  }
  writeSync(file, buffer);
  closeSync(file);
}

if (process.argv[1] === import.meta.filename) {
  const [path, messages = '10000', customers = '2000'] = process.argv.slice(2);
  if (path === undefined) {
    process.stderr.write('usage: node bench/make-mbox.ts <file> [messages] [customers]\n');
    process.exit(1);
  }
  writeMbox(path, Number(messages), Number(customers));
}
