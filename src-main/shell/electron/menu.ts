import { Menu, Tray, app, type MenuItemConstructorOptions } from 'electron';
import { resourcePath } from '../resources.ts';

/** Runs an action of the console; names are those of its shortcuts (src-renderer/state/shortcuts.ts). */
export type RunAction = (action: string) => void;

export function menuTemplate(run: RunAction, isMac: boolean, isPackaged: boolean): MenuItemConstructorOptions[] {
  const item = (label: string, action: string): MenuItemConstructorOptions => ({ label, id: action, click: () => run(action) });
  const line: MenuItemConstructorOptions = { type: 'separator' };
  const settings = item('Settings…', 'app.settings');
  return [
    ...(isMac ? [{ label: 'Parley', submenu: [{ role: 'about' }, line, settings, line, { role: 'services' }, line, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }, line, { role: 'quit' }] } satisfies MenuItemConstructorOptions] : []),
    { label: '&File', submenu: [item('Log a Call…', 'call.log'), ...(isMac ? [] : [line, settings]), line, isMac ? { role: 'close' } : { role: 'quit' }] },
    { label: '&Edit', submenu: [{ role: 'undo' }, { role: 'redo' }, line, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'pasteAndMatchStyle' }, { role: 'selectAll' }, line, item('Find…', 'search.open')] },
    {
      label: '&Conversation',
      submenu: [item('Reply', 'compose.answer'), item('Note', 'compose.note'), line, item('Claim', 'desk.claim'), item('Assign…', 'desk.assign'), item('Snooze…', 'desk.snooze'), item('Done', 'desk.done')],
    },
    {
      label: '&View',
      submenu: [
        item('Command Palette…', 'palette.open'), line, item('All Open', 'view.open'), item('Mine', 'view.mine'), item('Unassigned', 'view.unassigned'), item('Overdue', 'view.overdue'), line,
        { role: 'reload' }, ...(isPackaged ? [] : [{ role: 'toggleDevTools' } satisfies MenuItemConstructorOptions]), line,
        { role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, line, { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [item('Keyboard Shortcuts', 'help.shortcuts'), ...(isMac ? [] : [{ role: 'about' } satisfies MenuItemConstructorOptions])] },
  ];
}

export function installMenu(run: RunAction): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(run, process.platform === 'darwin', app.isPackaged)));
}

/** Kept by the caller for as long as it shall be seen: a collected Tray disappears. */
export function installTray(focus: () => void): Tray {
  const tray = new Tray(resourcePath('icon.png'));
  tray.setToolTip('Parley');
  tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Open Parley', click: focus }, { type: 'separator' }, { label: 'Quit', click: () => app.quit() }]));
  tray.on('click', focus);
  return tray;
}
