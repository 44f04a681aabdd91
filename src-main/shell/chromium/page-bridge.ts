import { randomBytes } from 'node:crypto';
import type { Clock, Log } from '../../kernel/index.ts';
import type { Core } from '../shell.ts';
import { createPageTransport, type PageTransport } from './page-transport.ts';
import { CdpError, type Cdp } from './pipe.ts';
import type { CdpEvent } from './protocol.ts';
import type { FromPage, PreloadSettings } from './wire.ts';

export const ORIGIN = 'https://parley.invalid';

export interface PageBridgeDeps {
  cdp: Cdp;
  sessionId: string;
  core: Pick<Core, 'attach'>;
  clock: Clock;
  log: Log;
  shell: PreloadSettings['shell'];
  /** The built src-preload/chromium.ts. */
  preload: string;
}

/** One document of the console in the main frame. A reload makes a new one. */
interface Document {
  contextId: number;
  page: PageTransport;
  receiver: Promise<string>;
  detach(): void;
}

/** Connects the core with whatever document of ours is in the main frame; nothing else gets an answer. Returns the function that disconnects. */
export async function connectPageBridge({ cdp, sessionId, core, clock, log, shell, preload }: PageBridgeDeps): Promise<() => void> {
  const binding = `parley${randomBytes(8).toString('hex')}`;
  const settings: PreloadSettings = { shell, origin: ORIGIN, binding };
  const { frameTree } = await cdp.send('Page.getFrameTree', {}, sessionId);
  const mainFrameId = frameTree.frame.id;
  /** Contexts of the main frame's own world at our origin: the only ones that may speak. */
  const trusted = new Set<number>();
  let current: Document | null = null;

  const leave = (): void => {
    current?.detach();
    current = null;
  };
  const hello = (contextId: number): void => {
    if (current?.contextId === contextId) return;
    leave();
    const receiver = pickUp(contextId);
    receiver.catch(unlessGone);
    let sending: Promise<unknown> = receiver;
    // The page may go away under a send; then there is nobody to tell.
    const post = (piece: string, isLast: boolean): void => {
      sending = Promise.all([receiver, sending])
        .then(([objectId]) => void callReceiver(objectId, 'function(piece, isLast) { this.take(piece, isLast) }', [piece, isLast]).catch(unlessGone))
        .catch(unlessGone);
    };
    const page = createPageTransport(clock, post);
    const detachCore = core.attach(page.transport);
    current = {
      contextId,
      page,
      receiver,
      detach() {
        detachCore();
        page.close();
      },
    };
  };
  /** The page's side waits under the binding's name for exactly one caller. */
  const pickUp = async (contextId: number): Promise<string> => {
    const name = JSON.stringify(binding);
    const { result } = await cdp.send('Runtime.evaluate', { expression: `(() => { const port = window[${name}]; delete window[${name}]; return port; })()`, contextId }, sessionId);
    if (result.objectId === undefined) throw new CdpError('Runtime.evaluate', 'the page has no port');
    return result.objectId;
  };
  const callReceiver = (objectId: string, functionDeclaration: string, values: unknown[]) =>
    cdp.send('Runtime.callFunctionOn', { objectId, functionDeclaration, arguments: values.map((value) => ({ value })) }, sessionId);

  const pathOf = async (document: Document, token: number): Promise<void> => {
    const file = await callReceiver(await document.receiver, 'function(token) { return this.file(token) }', [token]);
    const objectId = file.result.objectId;
    const path = objectId === undefined ? '' : (await cdp.send('DOM.getFileInfo', { objectId }, sessionId)).path;
    if (objectId !== undefined) await cdp.send('Runtime.releaseObject', { objectId }, sessionId);
    document.page.answer({ k: 'path', token, path: path === '' ? null : path });
  };
  const unlessGone = (error: unknown): void => {
    if (!(error instanceof CdpError)) log.error('bridge.failed', { error });
  };

  const take = (contextId: number, message: FromPage): void => {
    if (message.k === 'hello') return hello(contextId);
    const document = current;
    if (document?.contextId !== contextId) return;
    if (message.k === 'message') return document.page.receive(message.message);
    pathOf(document, message.token).catch((error: unknown) => {
      unlessGone(error);
      document.page.answer({ k: 'path', token: message.token, path: null });
    });
  };

  const onEvent = (event: CdpEvent): void => {
    if (event.sessionId !== sessionId) return;
    switch (event.method) {
      case 'Runtime.executionContextCreated': {
        const { id, origin, auxData } = event.params.context;
        if (auxData.isDefault && auxData.frameId === mainFrameId && origin === ORIGIN) trusted.add(id);
        return;
      }
      case 'Runtime.executionContextDestroyed':
        trusted.delete(event.params.executionContextId);
        if (current?.contextId === event.params.executionContextId) leave();
        return;
      case 'Runtime.executionContextsCleared':
        trusted.clear();
        return leave();
      case 'Runtime.bindingCalled': {
        const { name, payload, executionContextId } = event.params;
        if (name !== binding) return;
        if (!trusted.has(executionContextId)) return log.warn('bridge.refused', { executionContextId });
        return take(executionContextId, JSON.parse(payload) as FromPage);
      }
      default:
    }
  };

  const stop = cdp.events.on(onEvent);
  await cdp.send('Runtime.enable', {}, sessionId);
  await cdp.send('Runtime.addBinding', { name: binding }, sessionId);
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: `(() => { const PARLEY = ${JSON.stringify(settings)};\n${preload}\n})();` }, sessionId);
  return () => {
    stop();
    leave();
  };
}
