import { spawn } from 'node:child_process';
import { ParleyError } from '../kernel/index.ts';

/** Program and arguments that open a link in the person's own program. Never a shell: the link is one argument whatever is in it. */
export function openerCommand(platform: NodeJS.Platform, href: string): [string, readonly string[]] {
  if (platform === 'darwin') return ['open', [href]];
  // `start` is a built-in of cmd.exe, which would read & and ^ in the link; this is what it calls.
  if (platform === 'win32') return ['rundll32.exe', ['url.dll,FileProtocolHandler', href]];
  return ['xdg-open', [href]];
}

/** Resolves once the opener has started. Throws ParleyError when there is none. */
export function openWithSystem(href: string, platform: NodeJS.Platform = process.platform): Promise<void> {
  const [command, args] = openerCommand(platform, href);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true });
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
    child.once('error', (cause) => reject(new ParleyError('unavailable', `This machine has no program that opens links (${command}).`, { cause })));
  });
}
