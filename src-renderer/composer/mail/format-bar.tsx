import { Bold, Eye, Link2, List, ListOrdered, TextQuote } from 'lucide-react';
import { t } from '../../locales/index.ts';
import { IconButton } from '../../ui/button.tsx';
import type { Format } from './markup-keys.ts';

const tools = [
  ['bold', Bold, 'Mod+B'], ['link', Link2, 'Mod+Shift+K'], ['list', List, 'Mod+Shift+8'], ['numbers', ListOrdered, 'Mod+Shift+7'], ['quote', TextQuote, 'Mod+Shift+9'],
] as const satisfies readonly (readonly [Format, typeof Bold, string])[];

interface FormatBarProps {
  readonly onFormat: (format: Format) => void;
  readonly isPreview: boolean;
  readonly onPreview: () => void;
}

/** The few things a mail can be formatted with. The buttons leave the keyboard in the text. */
export function FormatBar({ onFormat, isPreview, onPreview }: FormatBarProps) {
  return (
    <div className="format-bar" role="toolbar" aria-label={t('composer.format.name')}>
      {tools.map(([format, Icon, keys]) => (
        <IconButton key={format} label={t(`composer.format.${format}`)} keys={keys} className="is-tool" data-action={`format.${format}`} onMouseDown={(event) => event.preventDefault()} onClick={() => onFormat(format)}><Icon size={14} aria-hidden="true" /></IconButton>
      ))}
      <IconButton label={t('composer.format.preview')} keys="Mod+Shift+P" className={`is-tool${isPreview ? ' is-on' : ''}`} aria-pressed={isPreview} data-action="format.preview" onMouseDown={(event) => event.preventDefault()} onClick={onPreview}><Eye size={14} aria-hidden="true" /></IconButton>
    </div>
  );
}
