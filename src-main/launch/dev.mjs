// Rebuilds while you edit. The renderer is reloaded in the open window; a change of the core starts the console anew.
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { coreFlags, handOver, root, runtimeEnv } from './runtime.mjs';
import { ensureBuild } from './sources.mjs';
import { isRoot } from './system-packages.mjs';
import { Stop, say } from './terminal.mjs';

/** An editor writes a file in several steps, and several files at once. */
const SETTLE_MS = 150;

/** Runs until the console ends; answers its exit code. */
export function watchAndRun(choice, args) {
  if (choice.shell === 'electron') {
    say(`• Window: Electron with hot reload (${choice.why})`);
    const electronVite = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
    return handOver(process.execPath, [electronVite, 'dev', '--watch', ...(isRoot() ? ['--noSandbox'] : []), '--', ...args], runtimeEnv());
  }
  say(`• Window: ${choice.browser}, reloaded on each change (${choice.why})`);
  return new Promise((resolve) => {
    let child;
    let isRestarting = false;
    const start = () => {
      child = spawn(process.execPath, [...coreFlags, join(root, 'out/main/entry-node.js'), ...(choice.headless ? ['--headless'] : []), ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: runtimeEnv() });
      child.once('exit', (code) => {
        if (!isRestarting) resolve(code ?? 1);
        else {
          isRestarting = false;
          start();
        }
      });
    };
    // Ctrl-C reaches the console itself, and its end is ours.
    process.on('SIGINT', () => {});
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    process.once('exit', () => child.kill('SIGTERM'));
    start();

    let changed = new Set();
    let timer;
    let building = Promise.resolve();
    const rebuild = async () => {
      const parts = changed;
      changed = new Set();
      try {
        await ensureBuild();
      } catch (error) {
        if (!(error instanceof Stop)) throw error;
        return say(`• ${error.message}`);
      }
      if (parts.size === 1 && parts.has('src-renderer')) return child.send('refresh');
      isRestarting = true;
      child.kill('SIGTERM');
    };
    for (const part of ['src-renderer', 'src-preload', 'src-main']) {
      watch(join(root, part), { recursive: true }, (_event, file) => {
        if (file && /\.test\.tsx?$|~$|\.sw\w$/.test(file)) return;
        changed.add(part);
        clearTimeout(timer);
        timer = setTimeout(() => (building = building.then(rebuild)), SETTLE_MS);
      });
    }
  });
}
