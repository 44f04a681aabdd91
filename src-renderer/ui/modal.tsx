import type { ReactNode, RefObject } from 'react';
import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { t } from '../locales/index.ts';

interface ModalProps {
  readonly title: string;
  readonly description?: string;
  readonly size?: 'small' | 'medium' | 'large' | 'page';
  readonly onClose: () => void;
  readonly initialFocus?: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

/** Focus goes in, stays in, and returns to where it was. */
export function Modal({ title, description, size = 'medium', onClose, initialFocus, children }: ModalProps) {
  return (
    <Dialog.Root open onOpenChange={(open) => { if (!open) onClose(); }}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className={`modal is-${size}`} {...(initialFocus === undefined ? {} : { initialFocus })}>
          <header className="modal-head">
            <Dialog.Title className="modal-title">{title}</Dialog.Title>
          </header>
          {description !== undefined && <Dialog.Description className="modal-description">{description}</Dialog.Description>}
          {children}
          {/* Last in order, so that the first field gets the focus. */}
          <Dialog.Close className="icon-button modal-close" aria-label={t('common.close')}><X size={16} aria-hidden="true" /></Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
