import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the workspace lies when nobody says otherwise. */
export function defaultWorkspaceDir(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform, home: string = homedir()): string {
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Parley');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Parley');
  // An XDG variable that is not absolute is to be ignored (XDG Base Directory Specification).
  const data = env['XDG_DATA_HOME'];
  return join(data?.startsWith('/') ? data : join(home, '.local', 'share'), 'parley');
}

export const defaultDownloadsDir = (env: NodeJS.ProcessEnv = process.env, home: string = homedir()): string =>
  env['XDG_DOWNLOAD_DIR']?.startsWith('/') ? env['XDG_DOWNLOAD_DIR'] : join(home, 'Downloads');
