// `npm run dist`: installers for this platform, or for those named after `--` (--linux, --mac, --win).
import { join } from 'node:path';
import { ensureDependencies } from './dependencies.mjs';
import { handOver, onNewerNode, root, runtimeEnv, sayRuntime } from './runtime.mjs';
import { ensureBuild } from './sources.mjs';
import { launch } from './terminal.mjs';

await launch(async () => {
  const args = process.argv.slice(2);
  const code = await onNewerNode(join(root, 'src-main/launch/dist.mjs'), args);
  if (code !== null) return code;
  sayRuntime();
  await ensureDependencies();
  await ensureBuild();
  return handOver(process.execPath, [join(root, 'node_modules/electron-builder/cli.js'), '--config', join(root, '.ci/electron-builder.yml'), '--publish', 'never', ...args], runtimeEnv());
});
