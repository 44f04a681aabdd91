import { createHash } from 'node:crypto';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ParleyError, errnoOf, messageOf } from '../kernel/index.ts';

/** What a second start asks the first to do: come to the front, and open what it was given. */
const request = z.strictObject({ do: z.literal('focus'), open: z.array(z.string().max(8_000)).max(50) });
export type FocusRequest = z.infer<typeof request>;

export interface Instance {
  release(): Promise<void>;
}

/** sun_path holds 108 bytes on Linux and 104 on macOS; a longer one is cut off silently by some systems. */
const LONGEST_SOCKET_PATH = 100;
const LARGEST_REQUEST = 1_000_000;
const ANSWER_WITHIN_MS = 3_000;

/** Where the first start of a workspace listens: in the workspace, unless its path is too long for a socket. */
export function instanceAddress(workspaceDir: string, platform: NodeJS.Platform = process.platform): string {
  const hash = createHash('sha256').update(workspaceDir).digest('hex').slice(0, 24);
  if (platform === 'win32') return `\\\\.\\pipe\\parley-${hash}`;
  const inside = join(workspaceDir, 'console.sock');
  return Buffer.byteLength(inside) <= LONGEST_SOCKET_PATH ? inside : join(tmpdir(), `parley-${userInfo().uid}-${hash}.sock`);
}

/**
 * Becomes the one console of this workspace, or hands `open` to the one there is and answers null.
 * Throws ParleyError when the directory cannot be written or the other one does not answer.
 */
export async function takeInstance(workspaceDir: string, open: readonly string[], onFocus: (request: FocusRequest) => void): Promise<Instance | null> {
  const address = instanceAddress(workspaceDir);
  await mkdir(workspaceDir, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
    throw new ParleyError('storage', `The workspace folder ${workspaceDir} cannot be made: ${messageOf(cause)}.`, { cause });
  });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const server = await listen(address, onFocus);
    if (server) return { release: () => release(server, address) };
    if (await askToFocus(address, { do: 'focus', open: [...open] })) return null;
    // Nobody answers behind the file: its owner was killed. The store's own lock still stops two cores if two starts get here at once.
    await rm(address, { force: true });
  }
  throw new ParleyError('conflict', `Another console is starting on ${workspaceDir}. Try again in a moment.`, { retryable: true });
}

/** Null when the address is taken. */
function listen(address: string, onFocus: (request: FocusRequest) => void): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => answer(socket, onFocus));
    server.unref();
    server.once('error', (cause) => {
      if (errnoOf(cause) === 'EADDRINUSE') resolve(null);
      else reject(new ParleyError('storage', `The workspace cannot be locked (${address}): ${messageOf(cause)}.`, { cause }));
    });
    server.listen(address, () => {
      const done = (): void => resolve(server);
      if (process.platform === 'win32') done();
      else chmod(address, 0o600).then(done, reject);
    });
  });
}

function answer(socket: Socket, onFocus: (request: FocusRequest) => void): void {
  let text = '';
  socket.setEncoding('utf8');
  socket.on('error', () => socket.destroy());
  socket.on('data', (piece) => {
    text += String(piece);
    if (text.length > LARGEST_REQUEST) return void socket.destroy();
    const end = text.indexOf('\n');
    if (end < 0) return;
    const parsed = request.safeParse(parseJson(text.slice(0, end)));
    if (parsed.success) onFocus(parsed.data);
    socket.end(parsed.success ? 'ok\n' : 'bad\n');
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** False when nobody is behind the address. Throws ParleyError when somebody is who does not answer. */
function askToFocus(address: string, message: FocusRequest): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    const hung = (): void => reject(new ParleyError('unavailable', 'Another console has this workspace open but does not answer. End it and start again.'));
    socket.setTimeout(ANSWER_WITHIN_MS, () => {
      socket.destroy();
      hung();
    });
    socket.once('connect', () => socket.write(`${JSON.stringify(message)}\n`));
    socket.once('error', (error) => {
      const code = errnoOf(error);
      if (code === 'ECONNREFUSED' || code === 'ENOENT' || code === 'ENOTSOCK') resolve(false);
      else reject(new ParleyError('unavailable', `Another console has this workspace open and cannot be reached: ${messageOf(error)}.`, { cause: error }));
    });
    socket.once('data', (data) => {
      socket.destroy();
      if (data.toString().startsWith('ok')) resolve(true);
      else hung();
    });
  });
}

async function release(server: Server, address: string): Promise<void> {
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (process.platform !== 'win32') await rm(address, { force: true });
}
