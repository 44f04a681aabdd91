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

/** Questions to the shell, each answered by a message with its number. */
function questions<Answer>(): { ask(question: (id: number) => FromCoreProcess): Promise<Answer>; answer(id: number, value: Answer): void } {
  const waiting = new Map<number, (value: Answer) => void>();
  let lastId = 0;
  return {
    ask: (question) => new Promise((resolve) => {
      lastId += 1;
      waiting.set(lastId, resolve);
      tell(question(lastId));
    }),
    answer(id, value) {
      waiting.get(id)?.(value);
      waiting.delete(id);
    },
  };
}

type Refused = Extract<ToCoreProcess, { t: 'linkDone' }>['refused'];
const links = questions<Refused>();
const openLink = async (url: string): Promise<void> => {
  const refused = await links.ask((id) => ({ t: 'openLink', id, url }));
  if (refused) throw new ParleyError(refused.code, refused.message);
};
const held = questions<string | null>();
const holdKeys = (keys: string | null): Promise<string | null> => held.ask((id) => ({ t: 'holdKeys', id, keys }));
const places = questions<string | null>();
const askWhere = (suggested: string): Promise<string | null> => places.ask((id) => ({ t: 'askWhere', id, suggested }));

let core: Promise<Core> | null = null;
let closeLog = async (): Promise<void> => {};

parentPort.on('message', (event) => {
  const message = event.data as ToCoreProcess;
  if (message.t === 'start') {
    core = start(message);
    core.then(() => tell({ t: 'started' }), (error: unknown) => tell({ t: 'failed', message: messageOf(error) }));
  } else if (message.t === 'linkDone') links.answer(message.id, message.refused);
  else if (message.t === 'keysHeld') held.answer(message.id, message.problem);
  else if (message.t === 'whereIs') places.answer(message.id, message.path);
  else {
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
