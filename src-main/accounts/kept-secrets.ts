import type { ChannelDriver } from '../channels/port.ts';

/** The secrets of a new sign-in, with those of the account that it does not replace. Secrets that cannot be read are one reason to sign in again. */
export async function withKept({ keptSecrets: kept = [] }: ChannelDriver, load: () => Promise<Record<string, string>>, fresh: Record<string, string>): Promise<Record<string, string>> {
  const before = kept.length === 0 ? {} : await load().catch((): Record<string, string> => ({}));
  return { ...Object.fromEntries(Object.entries(before).filter(([name]) => kept.includes(name))), ...fresh };
}
