import { dialog, type BrowserWindow } from 'electron';

/** Where a person wants a file; null when they would rather not. The dialog itself asks before another file is written over. */
export async function askWhere(suggested: string, window: BrowserWindow | null): Promise<string | null> {
  const options = { defaultPath: suggested, properties: ['createDirectory', 'showOverwriteConfirmation'] } satisfies Electron.SaveDialogOptions;
  const { canceled, filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  return canceled || filePath === '' ? null : filePath;
}
