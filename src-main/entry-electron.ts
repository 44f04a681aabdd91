import { app } from 'electron';
import { fileURLToPath } from 'node:url';
import { messageOf, systemClock } from './kernel/index.ts';
import { parseLaunchArguments } from './shell/arguments.ts';
import { runElectronShell } from './shell/electron/run.ts';
import { openLogFile } from './shell/log-file.ts';

try {
  const parsed = parseLaunchArguments(process.argv.slice(1), process.env, 'lenient');
  // `electron .` leaves the app's own path among the arguments.
  const launch = process.defaultApp ? { ...parsed, open: parsed.open.slice(1) } : parsed;
  const { log } = openLogFile(launch.workspaceDir, systemClock, 'window');
  process.on('uncaughtException', (error) => log.error('bug.exception', { error, stack: error.stack }));
  process.on('unhandledRejection', (error) => log.error('bug.rejection', { error }));
  runElectronShell({ launch, coreScript: fileURLToPath(new URL('./entry-core.js', import.meta.url)), clock: systemClock, log });
} catch (error) {
  process.stderr.write(`parley: ${messageOf(error)}\n`);
  app.exit(1);
}
