import { zlibSync } from 'fflate';
import { png as pngOf, type Rgb } from './png.ts';

// Not node:zlib: the sample files must be the same bytes on every machine.
const png = (width: number, height: number, pixel: (x: number, y: number) => Rgb): Buffer => pngOf(width, height, pixel, (bytes) => zlibSync(bytes, { level: 9 }));

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
