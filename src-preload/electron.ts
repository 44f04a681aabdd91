import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { ToCore, ToWindow } from './contract/index.ts';
import { createBridge } from './bridge.ts';

// Sandboxed and isolated: the page sees one frozen object and never ipcRenderer. Frames get no preload (nodeIntegrationInSubFrames is off).
const listeners = new Set<(message: ToWindow) => void>();
const hear = (message: ToWindow): void => listeners.forEach((listener) => listener(message));
const waiting: ToCore[] = [];
let port: MessagePort | null = null;

ipcRenderer.on('parley:port', (event) => {
  const [received] = event.ports;
  if (!received) return;
  port?.close();
  port = received;
  port.onmessage = (message) => hear(message.data as ToWindow);
  for (const message of waiting.splice(0)) port.postMessage(message);
});
ipcRenderer.on('parley:menu', (_event, action: string) => hear({ t: 'push', push: { type: 'menu', action } }));

const bridge = createBridge(
  {
    send: (message) => (port ? port.postMessage(message) : void waiting.push(message)),
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  },
  'electron',
  (file) => Promise.resolve(webUtils.getPathForFile(file) || null),
);
contextBridge.exposeInMainWorld('parley', bridge);
ipcRenderer.send('parley:connect');
