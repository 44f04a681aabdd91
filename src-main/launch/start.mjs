// `npm start`: from a clean clone to an open console. `npm run dev` is the same with --watch.
import { join } from 'node:path';
import { chooseShell } from './choose-shell.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { coreFlags, handOver, onNewerNode, root, runtimeEnv, sayRuntime } from './runtime.mjs';
import { ensureBuild } from './sources.mjs';
import { isRoot } from './system-packages.mjs';
import { launch, say } from './terminal.mjs';

await launch(async () => {
  const args = process.argv.slice(2);
  const code = await onNewerNode(join(root, 'src-main/launch/start.mjs'), args);
  if (code !== null) return code;
  sayRuntime();
  await ensureDependencies();
  await ensureBuild();
  const choice = await chooseShell();
  const rest = args.filter((arg) => arg !== '--watch');
  if (args.includes('--watch')) return (await import('./dev.mjs')).watchAndRun(choice, rest);
  if (choice.shell === 'electron') {
    say(`• Window: Electron (${choice.why})`);
    // Electron refuses to run its sandbox as root, as Chromium does.
    return handOver(choice.binary, [...(isRoot() && process.platform === 'linux' ? ['--no-sandbox'] : []), root, ...rest], runtimeEnv());
  }
  say(`• Window: ${choice.browser}${choice.headless ? ', without a window on a screen' : ''} (${choice.why})`);
  return handOver(process.execPath, [...coreFlags, join(root, 'out/main/entry-node.js'), ...(choice.headless ? ['--headless'] : []), ...rest], runtimeEnv());
});
