import { ParleyError } from '../../kernel/index.ts';
import { tables } from '../../store/index.ts';
import type { Handlers } from '../router.ts';
import type { HandlerContext } from './context.ts';

/** Where message bodies are shown: never the console's own origin. */
const frameOrigin = (shell: HandlerContext['shell']): string => (shell === 'electron' ? 'parley://mail' : 'https://mail.invalid');

export const mailHandlers = (c: HandlerContext): Pick<Handlers, 'mail.show'> => ({
  'mail.show': async ({ messageId, scheme, width, remotePictures }) => {
    const { store, files } = c.workspace();
    const own = tables.filesOfMessage(store.read, messageId);
    const page = own.find((file) => file.name === 'message.html' && file.type === 'text/html');
    if (!page) throw new ParleyError('not_found', 'This mail has no formatting of its own.');
    const shown = await c.pages.show({
      html: files.get(page.sha256), files: own, bytesOf: (sha256) => (files.has(sha256) ? files.get(sha256) : null), scheme, width, remotePictures, allowsPrivate: c.isDemo(),
    });
    return { url: `${frameOrigin(c.shell)}${shown.path}`, height: shown.height, remote: shown.remote };
  },
});
