import { readFile, readdir } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { ParleyError } from '../kernel/index.ts';

export interface Asset {
  type: string;
  body: Buffer;
}
/** Every built file by its URL path. A request can only hit or miss this map: no path is ever joined from a request. */
export type Assets = ReadonlyMap<string, Asset>;

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** Reads the built renderer. Throws ParleyError when it is not there. Files of an unknown kind (source maps) are left out. */
export async function loadAssets(directory: string): Promise<Assets> {
  const names = await readdir(directory, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new ParleyError('unavailable', `The console is not built: ${directory} cannot be read. Run "npm run build".`, { cause });
  });
  const assets = new Map<string, Asset>();
  for (const entry of names) {
    const type = TYPES[extname(entry.name).toLowerCase()];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    assets.set(`/${relative(directory, path).split(sep).join('/')}`, { type, body: await readFile(path) });
  }
  const index = assets.get('/index.html');
  if (!index) throw new ParleyError('unavailable', `The console is not built: ${directory} has no index.html. Run "npm run build".`);
  assets.set('/', index);
  return assets;
}
