// A registry copy that lacks some platforms' packages makes npm leave them out of package-lock.json, and `npm ci` then refuses the file
// everywhere. This puts them back, from the versions their parents ask for; npm skips them where the platform is another.
import { readFileSync, writeFileSync } from 'node:fs';

const OPERATING_SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = { arm: 'arm', arm64: 'arm64', ia32: 'ia32', ppc64: 'ppc64', riscv64: 'riscv64', s390x: 's390x', x64: 'x64' };

/** Where node would find `name` from the package at `from`: the nearest node_modules upwards. */
const findsFrom = (packages, from, name) => {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('node_modules/') - 1))) {
    if (packages[`${base ? `${base}/` : ''}node_modules/${name}`]) return true;
    if (base === '') return false;
  }
};

/** The platform in a name such as `@oxlint/binding-linux-arm-musleabihf`; null when it has none. */
export function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = OPERATING_SYSTEMS.find((word) => words.includes(word));
  const cpu = Object.keys(PROCESSORS).find((word) => words.includes(word));
  return os && cpu ? { os: [os], cpu: [cpu], ...(os === 'linux' ? { libc: [words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc'] } : {}) } : null;
}

/** Answers the names added; changes `lock`. */
export function completeLock(lock) {
  const added = [];
  for (const [from, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const platform = platformOf(name);
      if (!platform || findsFrom(lock.packages, from, name)) continue;
      const { os, cpu, libc } = platform;
      lock.packages[`node_modules/${name}`] = { version, cpu, ...(dev ? { dev } : {}), ...(libc ? { libc } : {}), optional: true, os };
      added.push(name);
    }
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
  return added;
}

if (process.argv[1] === import.meta.filename) {
  const path = new URL('../package-lock.json', import.meta.url);
  const lock = JSON.parse(readFileSync(path, 'utf8'));
  const added = completeLock(lock);
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  process.stdout.write(`${added.length} added\n`);
}
