// `npm run parley -- <command>`: the command line, set up like the console but without a word unless there is work to do.
import { join } from 'node:path';
import { ensureDependencies } from './dependencies.mjs';
import { coreFlags, handOver, onNewerNode, root, runtimeEnv } from './runtime.mjs';
import { ensureBuild } from './sources.mjs';
import { launch } from './terminal.mjs';

await launch(async () => {
  const args = process.argv.slice(2);
  const code = await onNewerNode(join(root, 'src-main/launch/cli.mjs'), args);
  if (code !== null) return code;
  // Standard output belongs to the command: --json must stay JSON.
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (text) => (String(text).includes('up to date') ? true : process.stderr.write(text));
  await ensureDependencies();
  await ensureBuild();
  process.stdout.write = write;
  return handOver(process.execPath, [...coreFlags, join(root, 'out/main/cli.js'), ...args], runtimeEnv());
});
