import type { MessagePortMain } from 'electron';
import type { ToCore, ToWindow, Transport } from '../src-preload/contract/index.ts';
import { startCore } from './core.ts';
import { ParleyError, messageOf, systemClock } from './kernel/index.ts';
import type { FromCoreProcess, ToCoreProcess } from './shell/electron/core-wire.ts';
import { openLogFile } from './shell/log-file.ts';
import { withPendingPaths, type Core } from './shell/shell.ts';

// The core as Electron's utility process. The port of each window comes with its own message; messages wait until the core is up.
const { parentPort } = process;
const tell = (message: FromCoreProcess): void => parentPort.postMessage(message);

const links = new Map<number, PromiseWithResolvers<void>>();
let lastLink = 0;
const openLink = (url: string): Promise<void> => {
  lastLink += 1;
  const answer = Promise.withResolvers<void>();
  links.set(lastLink, answer);
  tell({ t: 'openLink', id: lastLink, url });
  return answer.promise;
};

const held = new Map<number, (problem: string | null) => void>();
let lastHold = 0;
const holdKeys = (keys: string | null): Promise<string | null> => new Promise((resolve) => {
  lastHold += 1;
  held.set(lastHold, resolve);
  tell({ t: 'holdKeys', id: lastHold, keys });
});

const asked = new Map<number, (path: string | null) => void>();
let lastAsked = 0;
const askWhere = (suggested: string): Promise<string | null> => new Promise((resolve) => {
  lastAsked += 1;
  asked.set(lastAsked, resolve);
  tell({ t: 'askWhere', id: lastAsked, suggested });
});

let core: Promise<Core> | null = null;
let closeLog = async (): Promise<void> => {};

parentPort.on('message', (event) => {
  const message = event.data as ToCoreProcess;
  if (message.t === 'start') {
    core = start(message);
    core.then(() => tell({ t: 'started' }), (error: unknown) => tell({ t: 'failed', message: messageOf(error) }));
  } else if (message.t === 'linkDone') {
    const answer = links.get(message.id);
    links.delete(message.id);
    if (message.refused) answer?.reject(new ParleyError(message.refused.code, message.refused.message));
    else answer?.resolve();
  } else if (message.t === 'keysHeld') {
    held.get(message.id)?.(message.problem);
    held.delete(message.id);
  } else if (message.t === 'whereIs') {
    asked.get(message.id)?.(message.path);
    asked.delete(message.id);
  } else {
    // A failed start was told once; what was meant for that core is dropped with it.
    core?.then((started) => act(started, message, event.ports)).catch(() => {});
  }
});

async function start(message: Extract<ToCoreProcess, { t: 'start' }>): Promise<Core> {
  const { workspaceDir, demo, downloadsDir } = message;
  const file = openLogFile(workspaceDir, systemClock);
  closeLog = file.close;
  process.on('unhandledRejection', (error) => file.log.error('bug.rejection', { error, stack: error instanceof Error ? error.stack : undefined }));
  return withPendingPaths(await startCore({ workspaceDir, shell: 'electron', demo, downloadsDir, openLink, openWindow: async () => tell({ t: 'openWindow' }), holdKeys, askWhere, log: file.log }));
}

async function act(started: Core, message: Exclude<ToCoreProcess, { t: 'start' | 'linkDone' | 'keysHeld' | 'whereIs' }>, ports: readonly MessagePortMain[]): Promise<void> {
  switch (message.t) {
    case 'attach': {
      const port = ports[0];
      if (port) connect(started, port, message.seat);
      return;
    }
    case 'open':
      return started.openPath(message.path);
    case 'frame':
      return tell({ t: 'frameIs', id: message.id, answer: started.frame(message.path) });
    case 'resume':
      return started.notifyResume();
    case 'close':
      await started.close();
      await closeLog();
      tell({ t: 'closed' });
  }
}

function connect(started: Core, port: MessagePortMain, seat: number): void {
  const transport: Transport<ToWindow, ToCore> = {
    send: (message) => port.postMessage(message),
    listen(listener) {
      const take = (event: { data: unknown }): void => listener(event.data as ToCore);
      port.on('message', take);
      return () => void port.off('message', take);
    },
  };
  const detach = started.attach(transport, seat);
  // The page went away: a reload connects with a port of its own.
  port.once('close', detach);
  port.start();
}
