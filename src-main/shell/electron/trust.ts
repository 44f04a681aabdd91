import type { IpcMainEvent, WebFrameMain } from 'electron';

export const SCHEME = 'parley';
export const ORIGIN = `${SCHEME}://app`;
export const MAIL_ORIGIN = `${SCHEME}://mail`;

/** The windows that may speak, by webContents id, and the one origin they show. */
export interface Trust {
  readonly origin: string;
  readonly windows: Set<number>;
}

export const originOf = (url: string): string | null => {
  if (!URL.canParse(url)) return null;
  const { protocol, host } = new URL(url);
  // Node's URL calls the origin of an own scheme "null"; Chromium, where the scheme is a standard one, does not.
  return `${protocol}//${host}`;
};

/**
 * True only for the main frame of a known window at our origin. The origin alone is not enough: an about:blank child reports its
 * parent's. `senderFrame` is null once the frame has navigated away.
 */
export function isTrustedSender(event: Pick<IpcMainEvent, 'sender'> & { senderFrame: WebFrameMain | null }, trust: Trust): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && frame === event.sender.mainFrame && frame.origin === trust.origin && trust.windows.has(event.sender.id);
}
