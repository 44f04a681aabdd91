import { mkdir } from 'node:fs/promises';
import { ParleyError } from '../../kernel/index.ts';
import { erasePerson, previewErase, savePerson } from '../../rights/index.ts';
import type { Handlers } from '../router.ts';
import { by, type HandlerContext } from './context.ts';

/** What a person may ask for: everything we know, and that we forget it. */
export const rightsHandlers = (c: HandlerContext): Pick<Handlers, 'customer.export' | 'customer.erasePreview' | 'customer.erase'> => ({
  'customer.export': ({ customerId, as }) => {
    const { store, files, jobs } = c.workspace();
    const jobId = jobs.start('Exporting a customer', async (report, signal) => {
      await mkdir(c.downloadsDir, { recursive: true });
      const saved = await savePerson(store.read, files, { customerId, as, into: c.downloadsDir, now: c.clock.now() }, { signal, onProgress: (done, total) => report(done, total, '') });
      return `${saved.path}: ${saved.messages} messages, ${saved.attachments} files.`;
    });
    return { jobId };
  },
  'customer.erasePreview': ({ customerId }) => previewErase(c.workspace().store, c.workspace().dir, c.downloadsDir, customerId),
  'customer.erase': ({ customerId, name }) => {
    const { store, files, dir } = c.workspace();
    const preview = previewErase(store, dir, c.downloadsDir, customerId);
    if (name.trim().normalize('NFC').toLowerCase() !== preview.name.normalize('NFC').toLowerCase()) throw new ParleyError('bad_input', 'That is not their name. Nothing was erased.');
    const { entries, files: erased } = erasePerson({ store, files, dir }, customerId, by(c));
    return { seq: store.seq(), entries, files: erased, copies: preview.copies };
  },
});
