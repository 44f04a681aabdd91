import { useRef, type ReactNode, type RefObject } from 'react';
import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { t } from '../locales/index.ts';

interface ModalProps {
  readonly title: string;
  readonly description?: string;
  readonly size?: 'small' | 'medium' | 'large' | 'page' | 'settings';
  readonly onClose: () => void;
  readonly initialFocus?: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

/** Focus goes in (to the first field, else to the first control), stays in, and returns to where it was. */
export function Modal({ title, description, size = 'medium', onClose, initialFocus, children }: ModalProps) {
  const popup = useRef<HTMLDivElement>(null);
  // A choice above the fields is read with them; what a person types first is the field.
  const firstField = (): HTMLElement | true => popup.current?.querySelector<HTMLElement>('.modal-form .input, .modal-form textarea') ?? true;
  return (
    <Dialog.Root open onOpenChange={(open) => { if (!open) onClose(); }}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup ref={popup} className={`modal is-${size}`} initialFocus={initialFocus ?? firstField}>
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
