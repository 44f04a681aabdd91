import { useId, type ComponentProps, type ReactNode } from 'react';

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | null;
  readonly children: (props: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
}

export function Field({ label, hint, error = null, children }: FieldProps) {
  const id = useId();
  const hasNote = error !== null || hint !== undefined;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, ...(hasNote ? { 'aria-describedby': `${id}-note` } : {}), ...(error === null ? {} : { 'aria-invalid': true as const }) })}
      {hasNote && <p id={`${id}-note`} className={error === null ? 'hint' : 'hint is-bad'}>{error ?? hint}</p>}
    </div>
  );
}

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  readonly label: string;
  readonly value: string;
  readonly onText: (text: string) => void;
  readonly hint?: ReactNode;
  readonly error?: string | null;
}

export function TextField({ label, value, onText, hint, error, ...rest }: TextFieldProps) {
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })} {...(error === undefined ? {} : { error })}>
      {(props) => <input className="input" autoComplete="off" spellCheck={false} {...rest} {...props} value={value} onChange={(event) => onText(event.target.value)} />}
    </Field>
  );
}

interface PickFieldProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly onPick: (value: V) => void;
}

export function PickField<V extends string>({ label, value, options, onPick }: PickFieldProps<V>) {
  return (
    <Field label={label}>
      {(props) => (
        <select className="input" {...props} value={value} onChange={(event) => { const found = options.find((option) => option.value === event.target.value); if (found !== undefined) onPick(found.value); }}>
          {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
        </select>
      )}
    </Field>
  );
}
