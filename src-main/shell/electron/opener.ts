import { dialog, shell, type BrowserWindow } from 'electron';
import { openExternalSafely } from '../links.ts';

/** The one place that calls `shell.openExternal`. Throws ParleyError `refused` for a link that is never opened. */
export const openLink = (url: string, window: BrowserWindow | null): Promise<void> =>
  openExternalSafely(url, {
    async confirm(host) {
      const question = { type: 'question' as const, message: `Open ${host} in your browser?`, buttons: ['Open', 'Cancel'], defaultId: 0, cancelId: 1, noLink: true };
      const { response } = await (window ? dialog.showMessageBox(window, question) : dialog.showMessageBox(question));
      return response === 0;
    },
    open: (href) => shell.openExternal(href),
  });
