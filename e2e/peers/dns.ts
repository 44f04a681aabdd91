import { createSocket } from 'node:dgram';

export type DnsRecord = { type: 'SRV'; priority: number; weight: number; port: number; target: string } | { type: 'MX'; priority: number; target: string };

/** A name server on loopback that knows what it is told and denies the rest (RFC 1035, RFC 2782). */
export interface DnsPeer {
  address: string;
  set(name: string, records: readonly DnsRecord[]): void;
  /** Questions so far: "SRV _imaps._tcp.acme.example". */
  asked: string[];
  close(): Promise<void>;
}

const CODES: Record<number, 'MX' | 'SRV'> = { 15: 'MX', 33: 'SRV' };

function nameBytes(name: string): Buffer {
  const labels = name.split('.').filter((label) => label !== '');
  return Buffer.concat([...labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')])), Buffer.from([0])]);
}

function dataOf(record: DnsRecord): Buffer {
  const numbers = record.type === 'MX' ? [record.priority] : [record.priority, record.weight, record.port];
  const head = Buffer.alloc(numbers.length * 2);
  numbers.forEach((number, i) => head.writeUInt16BE(number, i * 2));
  return Buffer.concat([head, nameBytes(record.target)]);
}

export async function startDnsPeer(): Promise<DnsPeer> {
  const records = new Map<string, readonly DnsRecord[]>();
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (question, from) => {
    let at = 12;
    const labels: string[] = [];
    for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
      labels.push(question.toString('latin1', at + 1, at + 1 + length));
      at += length + 1;
    }
    const kind = question.readUInt16BE(at + 1);
    const end = at + 5;
    const name = labels.join('.').toLowerCase();
    const type = CODES[kind];
    asked.push(`${type ?? kind} ${name}`);
    const found = (records.get(name) ?? []).filter((record) => record.type === type);
    const answers = found.map((record) => {
      const data = dataOf(record);
      const head = Buffer.alloc(12);
      head.writeUInt16BE(0xc00c, 0);
      head.writeUInt16BE(kind, 2);
      head.writeUInt16BE(1, 4);
      head.writeUInt32BE(60, 6);
      head.writeUInt16BE(data.length, 10);
      return Buffer.concat([head, data]);
    });
    const header = Buffer.from(question.subarray(0, 12));
    // Answer, recursion available; "no such name" where nothing is known.
    header.writeUInt16BE(found.length > 0 ? 0x8180 : 0x8183, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(found.length, 6);
    header.writeUInt16BE(0, 8);
    header.writeUInt16BE(0, 10);
    socket.send(Buffer.concat([header, question.subarray(12, end), ...answers]), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`, asked,
    set: (name, list) => void records.set(name.toLowerCase(), list),
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
