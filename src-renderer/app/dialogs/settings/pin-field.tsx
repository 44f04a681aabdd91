import { TextField } from '../../../ui/field.tsx';

export const isPin = (text: string): boolean => /^\d{4,12}$/u.test(text);

interface PinFieldProps { readonly label: string; readonly value: string; readonly onText: (text: string) => void; readonly hint?: string; readonly error?: string | null; readonly autoFocus?: boolean }
export function PinField(props: PinFieldProps) {
  return <TextField {...props} type="password" inputMode="numeric" maxLength={12} autoComplete="off" className="input is-pin" />;
}
