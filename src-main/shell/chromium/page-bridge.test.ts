import { expect, test } from 'vitest';
import { createEmitter, manualClock, silentLog } from '../../kernel/index.ts';
import { ORIGIN, connectPageBridge } from './page-bridge.ts';
import type { Cdp } from './pipe.ts';
import type { CdpEvent } from './protocol.ts';

/** The browser's side, told what to say: contexts that a well-behaved browser would never let speak. */
async function connect() {
  const events = createEmitter<CdpEvent>((error) => {
    throw error;
  });
  let binding = '';
  const cdp = {
    events,
    send: async (method: string, params: { name?: string }) => {
      if (method === 'Runtime.addBinding') binding = params.name ?? '';
      if (method === 'Page.getFrameTree') return { frameTree: { frame: { id: 'main' } } };
      return { result: { objectId: 'port' } };
    },
  } as unknown as Cdp;
  let attached = 0;
  const stop = await connectPageBridge({
    cdp, sessionId: 's', clock: manualClock(), log: silentLog, shell: 'chromium', preload: '',
    core: { attach: () => ((attached += 1), () => void (attached -= 1)) },
  });
  const context = (id: number, frameId: string, origin: string, isDefault = true): void => events.emit({ sessionId: 's', method: 'Runtime.executionContextCreated', params: { context: { id, origin, auxData: { frameId, isDefault } } } });
  const hello = (executionContextId: number, { name = binding, sessionId = 's' } = {}): number => {
    events.emit({ sessionId, method: 'Runtime.bindingCalled', params: { name, payload: '{"k":"hello"}', executionContextId } });
    return attached;
  };
  return { context, hello, stop, attached: () => attached, events };
}

test("only the main frame's own world at our origin is answered", async () => {
  const { context, hello } = await connect();
  context(1, 'child', ORIGIN);
  context(2, 'main', 'https://evil.invalid');
  context(3, 'main', ORIGIN, false);
  context(4, 'main', '');
  context(5, 'main', ORIGIN);
  expect([1, 2, 3, 4, 99].map((id) => hello(id))).toEqual([0, 0, 0, 0, 0]);
  expect(hello(5, { name: 'other' })).toBe(0);
  expect(hello(5, { sessionId: 'frame' })).toBe(0);
  expect(hello(5)).toBe(1);
});

test('a document that is gone is disconnected and may not speak again', async () => {
  const { context, hello, attached, events } = await connect();
  context(5, 'main', ORIGIN);
  expect(hello(5)).toBe(1);
  events.emit({ sessionId: 's', method: 'Runtime.executionContextsCleared', params: {} });
  expect(attached()).toBe(0);
  expect(hello(5)).toBe(0);
  context(6, 'main', ORIGIN);
  expect(hello(6)).toBe(1);
});
