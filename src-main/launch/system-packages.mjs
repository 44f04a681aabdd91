// Packages of the operating system: installed by ourselves only as root on Debian and its children, otherwise named.
import { existsSync, readFileSync } from 'node:fs';
import { setupLog } from './runtime.mjs';
import { Stop, run, step, whyFailed } from './terminal.mjs';

export const isDebian = () => process.platform === 'linux' && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
export const isRoot = () => process.getuid?.() === 0;

const hasPackage = (name) => {
  const list = existsSync('/var/lib/dpkg/status') ? readFileSync('/var/lib/dpkg/status', 'utf8') : '';
  return new RegExp(`^Package: ${name.replace(/[+.]/g, '\\$&')}\nStatus: install ok installed`, 'm').test(list);
};
export const missingPackages = (names) => names.filter((name) => !hasPackage(name));

/** Installs by apt-get. Throws Stop with one sentence; names what it installs. */
export async function installPackages(names, why) {
  await step(`Installing ${names.join(', ')} (${why})`, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const install = () => run('apt-get', ['install', '-y', '--no-install-recommends', ...names], { env, logPath: setupLog });
    const update = await run('apt-get', ['update'], { env, logPath: setupLog });
    const { code, output } = await install();
    if (code !== 0) throw new Stop(`${names.join(', ')} could not be installed: ${whyFailed(update.output + output, `apt-get ended with code ${code}`)}. Details: ${setupLog}`);
  });
}
