import { crc32 } from 'node:zlib';
import { zlibSync } from 'fflate';

type Rgb = readonly [number, number, number];

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, sum]);
}

/** A PNG (RFC 2083) of 8-bit RGB pixels. */
export function png(width: number, height: number, pixel: (x: number, y: number) => Rgb): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows.set(pixel(x, y), y * (width * 3 + 1) + 1 + x * 3);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', zlibSync(rows, { level: 9 })), chunk('IEND', new Uint8Array())]);
}

/** Line speed over a day: falls in the evening. */
function speedPicture(): Buffer {
  const speeds = [240, 245, 248, 248, 247, 240, 228, 205, 190, 196, 201, 204, 198, 201, 196, 180, 160, 121, 74, 31, 22, 20, 26, 118];
  return png(240, 120, (x, y) => {
    const value = speeds[Math.floor(x / 10)] ?? 0;
    if (x % 10 < 2) return [250, 250, 250];
    return 120 - y <= value * 0.45 ? (value < 50 ? [200, 60, 50] : [70, 120, 190]) : [250, 250, 250];
  });
}

/** The lamps of a Zip: the second one red. */
function lampsPicture(): Buffer {
  return png(160, 48, (x, y) => {
    const lamp = Math.floor(x / 40);
    const inside = (x % 40 - 20) ** 2 + (y - 24) ** 2 < 100;
    return inside ? (lamp === 1 ? [220, 40, 40] : [235, 235, 235]) : [38, 40, 44];
  });
}

const invoice = `ACME BROADBAND                      INVOICE 2026-05

Business 500, 1 May to 31 May 2026          89.90 EUR
Discount "Workshop 36"                       0.00 EUR
-----------------------------------------------------
Total                                       89.90 EUR
Collected by direct debit on 7 May 2026
`;

const log = `2026-06-14 02:59:58 system: update window opens
2026-06-14 03:00:01 update: looking for release on ring "slow"
2026-06-14 03:00:04 update: found 4.2.3, signature of 4.2.1 key ring does not match
2026-06-14 03:00:04 update: retry 1 of 1
2026-06-14 03:00:09 watchdog: update service did not answer, restarting
2026-06-14 03:03:52 system: start, reason watchdog, firmware 4.2.1
2026-06-14 03:04:10 fibre: link up 1000/500
`;

const label = `RETURN LABEL - please cut out
Acme Broadband Returns, Dock 9, Gate C
Postage paid by addressee. One device per parcel, with power supply.
`;

export type AttachmentName = 'speed.png' | 'lights.png' | 'invoice.txt' | 'router-log.txt' | 'return-label.txt';

/** Bytes and type of a sample attachment. */
export function attachmentOf(name: AttachmentName): { filename: string; content: Buffer; contentType: string } {
  switch (name) {
    case 'speed.png': return { filename: name, content: speedPicture(), contentType: 'image/png' };
    case 'lights.png': return { filename: name, content: lampsPicture(), contentType: 'image/png' };
    case 'invoice.txt': return { filename: name, content: Buffer.from(invoice), contentType: 'text/plain' };
    case 'router-log.txt': return { filename: name, content: Buffer.from(log), contentType: 'text/plain' };
    case 'return-label.txt': return { filename: name, content: Buffer.from(label), contentType: 'text/plain' };
  }
}
