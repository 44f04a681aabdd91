/** The part of the Chrome DevTools Protocol this shell speaks (https://chromedevtools.github.io/devtools-protocol/tot/). */
export interface CdpMethods {
  'Browser.getVersion': { in: Record<string, never>; out: { product: string } };
  'Browser.close': { in: Record<string, never>; out: unknown };
  'Browser.grantPermissions': { in: { origin: string; permissions: string[] }; out: unknown };
  'Browser.setDownloadBehavior': { in: { behavior: 'deny' }; out: unknown };
  'Browser.getWindowForTarget': { in: { targetId: string }; out: { windowId: number; bounds: { windowState?: string } } };
  'Browser.setWindowBounds': { in: { windowId: number; bounds: { windowState: 'normal' } }; out: unknown };
  'Target.setAutoAttach': { in: { autoAttach: boolean; waitForDebuggerOnStart: boolean; flatten: true }; out: unknown };
  'Target.closeTarget': { in: { targetId: string }; out: unknown };
  'Runtime.enable': { in: Record<string, never>; out: unknown };
  'Runtime.runIfWaitingForDebugger': { in: Record<string, never>; out: unknown };
  'Runtime.addBinding': { in: { name: string }; out: unknown };
  'Runtime.evaluate': { in: { expression: string; contextId?: number; awaitPromise?: boolean; returnByValue?: boolean }; out: RemoteResult };
  'Runtime.callFunctionOn': { in: { functionDeclaration: string; objectId: string; arguments: { value: unknown }[]; returnByValue?: boolean; silent?: boolean }; out: RemoteResult };
  'Runtime.releaseObject': { in: { objectId: string }; out: unknown };
  'DOM.getFileInfo': { in: { objectId: string }; out: { path: string } };
  'Page.enable': { in: Record<string, never>; out: unknown };
  'Page.getFrameTree': { in: Record<string, never>; out: { frameTree: { frame: { id: string } } } };
  'Page.addScriptToEvaluateOnNewDocument': { in: { source: string }; out: unknown };
  'Page.createIsolatedWorld': { in: { frameId: string; worldName: string }; out: { executionContextId: number } };
  'Page.navigate': { in: { url: string }; out: { errorText?: string } };
  'Page.reload': { in: { ignoreCache?: boolean }; out: unknown };
  'Page.resetNavigationHistory': { in: Record<string, never>; out: unknown };
  'Page.bringToFront': { in: Record<string, never>; out: unknown };
  'Page.captureScreenshot': { in: { format: 'png' }; out: { data: string } };
  'Inspector.enable': { in: Record<string, never>; out: unknown };
  'Fetch.enable': { in: { patterns: { urlPattern: string }[] }; out: unknown };
  'Fetch.fulfillRequest': { in: { requestId: string; responseCode: number; responseHeaders: { name: string; value: string }[]; body: string }; out: unknown };
  'Fetch.failRequest': { in: { requestId: string; errorReason: 'Aborted' | 'BlockedByClient' }; out: unknown };
}
export type CdpMethod = keyof CdpMethods;

export interface RemoteResult {
  result: { objectId?: string; value?: unknown };
  exceptionDetails?: { text: string };
}

export type CdpEvent = { sessionId?: string } & (
  | { method: 'Target.attachedToTarget'; params: { sessionId: string; targetInfo: { targetId: string; type: string; url: string }; waitingForDebugger: boolean } }
  | { method: 'Target.detachedFromTarget'; params: { sessionId: string } }
  | { method: 'Inspector.targetCrashed'; params: object }
  | { method: 'Page.frameNavigated'; params: { frame: { id: string; parentId?: string; url: string; unreachableUrl?: string } } }
  | { method: 'Page.domContentEventFired'; params: object }
  | { method: 'Page.windowOpen'; params: { url: string; userGesture: boolean } }
  | { method: 'Runtime.executionContextCreated'; params: { context: { id: number; origin: string; auxData: { frameId: string; isDefault: boolean } } } }
  | { method: 'Runtime.executionContextDestroyed'; params: { executionContextId: number } }
  | { method: 'Runtime.executionContextsCleared'; params: object }
  | { method: 'Runtime.bindingCalled'; params: { name: string; payload: string; executionContextId: number } }
  | { method: 'Fetch.requestPaused'; params: { requestId: string; frameId: string; resourceType: string; request: { url: string; method: string } } }
);
