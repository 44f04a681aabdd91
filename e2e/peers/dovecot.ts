import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A mailbox of a real Dovecot on loopback, which has its own configuration, users and mail, all below one temporary folder. */
export interface Dovecot {
  host: '127.0.0.1';
  port: number;
  /** Port with TLS from the first byte, and the certificate to trust; null unless asked for. */
  tls: { port: number; ca: string } | null;
  user: string;
  password: string;
  /** Puts raw mails into a folder as a delivery does; they are there when it returns. */
  deliver(mails: readonly (string | Uint8Array)[], folder?: string): void;
  /** Gives the folder another UIDVALIDITY, as a rebuilt mailbox has. */
  changeUidValidity(folder: string, value: number): Promise<void>;
  /** Runs doveadm for the user, e.g. `doveadm('expunge', 'mailbox', 'INBOX', 'all')`. */
  doveadm(command: string, ...args: string[]): Promise<string>;
  /** Raw mails of a folder, oldest first. */
  mails(folder: string): string[];
  /** What it logged. */
  log(): string;
  /** Another, empty mailbox of the same server; its `close` does nothing. */
  addUser(): Dovecot;
  /** Ends the server and takes its mail away. */
  close(): Promise<void>;
}

const BINARY = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/usr/bin/dovecot'].find((path) => existsSync(path));

/** Why there can be no Dovecot here, or null. Tests name it when they skip. */
export const dovecotMissing: string | null = BINARY === undefined ? 'dovecot is not installed (Debian: dovecot-imapd)' : null;

const run = promisify(execFile);
const MOST_USERS = 200;
/** Where `deliver` puts mails, in Dovecot's words. */
export const MAILDIR = 'maildir:~/Maildir';

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))));
    });
  });

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });

async function makeCertificate(dir: string): Promise<{ certificate: string; key: string }> {
  const [certificate, key] = [join(dir, 'certificate.pem'), join(dir, 'key.pem')];
  await run('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-keyout', key, '-out', certificate, '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']);
  return { certificate, key };
}

/** Starts Dovecot; resolves when it greets. With `introspectUrl` it takes tokens as well (XOAUTH2), which it asks that place about. Keeps its mail at `mailLocation` (its own words; `deliver` knows Maildir only, from where `doveadm import` takes it). Works as root (mail then belongs to "nobody") and as any user. */
export async function startDovecot(options: { tls?: boolean; introspectUrl?: string; mailLocation?: string } = {}): Promise<Dovecot> {
  if (BINARY === undefined) throw new Error(dovecotMissing ?? 'no dovecot');
  const password = 'secret';
  const isRoot = process.getuid?.() === 0;
  const dir = mkdtempSync(join(tmpdir(), 'parley-dovecot-'));
  // Dovecot's helpers run as other users and must be able to get here.
  chmodSync(dir, 0o755);
  const [uid, gid] = isRoot ? [65_534, 65_534] : [userInfo().uid, userInfo().gid];
  const makeFolder = (path: string): void => {
    mkdirSync(path, { recursive: true });
    if (isRoot) chownSync(path, uid, gid);
  };
  makeFolder(join(dir, 'mail'));
  const port = await freePort();
  const tlsPort = options.tls === true ? await freePort() : 0;
  const pair = options.tls === true ? await makeCertificate(dir) : null;
  const self = userInfo().username;
  // All at once: Dovecot looks at the file's time in whole seconds and would miss a user added within one.
  writeFileSync(join(dir, 'users'), Array.from({ length: MOST_USERS }, (_, i) => `care${i + 1}:{PLAIN}${password}:::::\n`).join(''), { mode: 0o644 });
  const config = join(dir, 'dovecot.conf');
  if (options.introspectUrl !== undefined) writeFileSync(join(dir, 'oauth2.conf'), `introspection_url = ${options.introspectUrl}\nintrospection_mode = post\nusername_attribute = username\nactive_attribute = active\nactive_value = true\n`, { mode: 0o644 });
  writeFileSync(config, `
base_dir = ${join(dir, 'run')}
state_dir = ${join(dir, 'state')}
log_path = ${join(dir, 'log')}
protocols = imap
listen = 127.0.0.1
ssl = ${pair === null ? 'no' : 'yes'}
${pair === null ? '' : `ssl_cert = <${pair.certificate}\nssl_key = <${pair.key}`}
disable_plaintext_auth = no
auth_mechanisms = plain login${options.introspectUrl === undefined ? '' : ' xoauth2 oauthbearer'}
auth_failure_delay = 0
auth_verbose = no
first_valid_uid = 1
first_valid_gid = 1
mail_max_userip_connections = 100
mail_location = ${options.mailLocation ?? MAILDIR}
mail_fsync = never
${isRoot ? '' : `default_internal_user = ${self}\ndefault_login_user = ${self}\ndefault_internal_group = ${gid}`}
${options.introspectUrl === undefined ? '' : `passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${join(dir, 'oauth2.conf')}
}`}
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u ${join(dir, 'users')}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${join(dir, 'mail')}/%u
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    auto = create
    special_use = \\Sent
  }
  mailbox Trash {
    auto = create
    special_use = \\Trash
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
}
service anvil {
  chroot =
  # Without this a wrong password makes every later sign-in from this address wait for seconds.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
`);
  const child: ChildProcess = spawn(BINARY, ['-F', '-c', config], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let hasEnded = false;
  void ended.then(() => (hasEnded = true));
  const log = (): string => (existsSync(join(dir, 'log')) ? readFileSync(join(dir, 'log'), 'utf8') : '');
  const startedAt = Date.now();
  while (!(await answers(port))) {
    if (hasEnded || Date.now() - startedAt > 15_000) {
      child.kill('SIGKILL');
      throw new Error(`dovecot did not start: ${log().slice(-2_000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }

  const tls = pair === null ? null : { port: tlsPort, ca: readFileSync(pair.certificate, 'utf8') };
  const close = async (): Promise<void> => {
    if (!hasEnded) child.kill('SIGTERM');
    await ended;
    rmSync(dir, { recursive: true, force: true });
  };
  let delivered = 0;
  let users = 0;
  const mailbox = (closeMailbox: () => Promise<void>): Dovecot => {
    users += 1;
    const user = `care${users}`;
    const home = join(dir, 'mail', user);
    makeFolder(home);
    if (users > MOST_USERS) throw new Error(`this Dovecot has ${MOST_USERS} mailboxes`);
    const doveadm = async (command: string, ...args: string[]): Promise<string> => (await run('doveadm', ['-c', config, ...command.split(' '), '-u', user, ...args])).stdout;
    const maildir = (folder: string): string => (folder === 'INBOX' ? join(home, 'Maildir') : join(home, 'Maildir', `.${folder}`));
    return {
      host: '127.0.0.1', port, user, password, doveadm, log, tls,
      deliver(mails, folder = 'INBOX') {
        const base = maildir(folder);
        for (const path of [join(home, 'Maildir'), base, ...['tmp', 'new', 'cur'].map((name) => join(base, name))]) if (!existsSync(path)) makeFolder(path);
        for (const mail of mails) {
          delivered += 1;
          // Maildir gives UIDs in the order of these names.
          const name = `${1_700_000_000 + delivered}.M${delivered}P1.test`;
          writeFileSync(join(base, 'tmp', name), mail);
          if (isRoot) chownSync(join(base, 'tmp', name), uid, gid);
          renameSync(join(base, 'tmp', name), join(base, 'new', name));
        }
      },
      async changeUidValidity(folder, value) {
        await doveadm('mailbox update', '--uid-validity', String(value), folder);
      },
      mails(folder) {
        const base = maildir(folder);
        const paths = ['new', 'cur'].flatMap((name) => (existsSync(join(base, name)) ? readdirSync(join(base, name)).map((file) => join(base, name, file)) : []));
        return paths.sort().map((path) => readFileSync(path, 'utf8'));
      },
      addUser: () => mailbox(async () => {}),
      close: closeMailbox,
    };
  };
  return mailbox(close);
}
