import { deflateSync } from 'node:zlib';
import { png as pngOf, type Rgb } from './png.ts';

const png = (w: number, h: number, pixel: (x: number, y: number) => Rgb): Uint8Array => pngOf(w, h, pixel, (bytes) => deflateSync(bytes));
const mix = (a: Rgb, b: Rgb, part: number): Rgb => {
  const t = Math.min(1, Math.max(0, part));
  return [Math.round(a[0] + (b[0] - a[0]) * t), Math.round(a[1] + (b[1] - a[1]) * t), Math.round(a[2] + (b[2] - a[2]) * t)];
};

const width = 720;
const height = 480;
const wall: Rgb = [214, 205, 190];
const shade: Rgb = [150, 138, 120];

/** A Zip on a shelf, its second lamp red. */
function lamps(): Uint8Array {
  return png(width, height, (x, y) => {
    const ground = y > 372 ? mix([122, 86, 54], [78, 52, 32], (y - 372) / 108) : mix(wall, shade, (x + y) / 1500);
    if (x < 130 || x > 590 || y < 190 || y > 372) return ground;
    const box = mix([58, 61, 68], [30, 32, 37], (y - 190) / 182);
    for (let lamp = 0; lamp < 4; lamp += 1) {
      const far = Math.hypot(x - (215 + lamp * 97), y - 285);
      const colour: Rgb = lamp === 1 ? [255, 62, 48] : [226, 240, 232];
      if (far < 13) return colour;
      if (far < 60) return mix(colour, box, far / 60 + 0.25);
    }
    return box;
  });
}

/** A fibre cable torn off at its box. */
function cable(): Uint8Array {
  return png(width, height, (x, y) => {
    const ground = mix([196, 200, 204], [120, 126, 134], y / 480);
    if (x > 250 && x < 470 && y > 60 && y < 250) return mix([244, 244, 240], [205, 205, 198], (y - 60) / 190);
    const from = 360 + Math.sin(y / 46) * 34;
    if (y > 300 && Math.abs(x - from) < 9) return [38, 42, 48];
    if (y > 280 && y <= 300 && Math.abs(x - from - (y - 300) * 0.4) < 3) return [244, 196, 60];
    return ground;
  });
}

/** A speed test: a curve that falls to the ground. */
function speed(): Uint8Array {
  return png(width, height, (x, y) => {
    if (y < 64) return [36, 64, 112];
    const value = x < 380 ? 250 + Math.sin(x / 23) * 20 : Math.max(14, 250 - (x - 380) * 1.9);
    if (x < 40 || x > 680 || y > 440) return [248, 249, 251];
    if (Math.abs(440 - y - value) < 3) return [198, 52, 44];
    if (440 - y < value) return [236, 222, 222];
    return y % 60 === 0 ? [226, 229, 234] : [248, 249, 251];
  });
}

const makers: Readonly<Record<string, () => Uint8Array>> = { lamps, cable, speed };
const made = new Map<string, Uint8Array>();

/** Bytes of a picture of the sample world; made when first asked for. */
export function photo(name: string): Uint8Array | undefined {
  const known = made.get(name);
  if (known) return known;
  const bytes = makers[name]?.();
  if (bytes) made.set(name, bytes);
  return bytes;
}

export const photoSize = { width, height };
