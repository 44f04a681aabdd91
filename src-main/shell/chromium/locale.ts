/**
 * An environment in which Chromium reads file names as UTF-8. Started without a locale (from a service, over ssh) it takes them for ASCII,
 * and a file called "ग्राहक.txt" cannot be picked: the window gets none, and nobody says so. Elsewhere than on Linux nothing changes.
 */
export function inUtf8(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): NodeJS.ProcessEnv {
  const all = env['LC_ALL'] ?? '';
  const locale = all || env['LC_CTYPE'] || env['LANG'] || '';
  if (platform !== 'linux' || /utf-?8/i.test(locale)) return env;
  return { ...env, [all === '' ? 'LC_CTYPE' : 'LC_ALL']: 'C.UTF-8' };
}
