import { z } from 'zod';
import type { AccountInput, AccountRow } from '../../../src-preload/contract/index.ts';
import { ParleyError } from '../../kernel/index.ts';
import type { Self } from './map.ts';

const X_SITE = 'https://x.com';

const config = z.object({
  apiBase: z.string(),
  /** Where people sign in; "/i/oauth2/authorize" is put behind it. */
  authorizeBase: z.string().catch(X_SITE),
  /** Of the developer app; empty when tokens were pasted without it. */
  clientId: z.string().catch(''),
  /** Known once X told us; until then empty. */
  userId: z.string().catch(''),
  handle: z.string().catch(''),
  /** Whether this account owns the developer app: its own posts and mentions are then read at the lower price. */
  ownsApp: z.boolean().catch(true),
  /** Where pictures may be fetched from, beside the API's own address; absent: X's own media host. */
  mediaBases: z.array(z.string()).optional().catch(undefined),
});
export type XConfig = z.infer<typeof config>;

/** Throws ParleyError bad_input. */
export function parseConfig(value: unknown): XConfig {
  const parsed = config.safeParse(value);
  if (!parsed.success) throw new ParleyError('bad_input', 'The settings of this X account are not complete.');
  return parsed.data;
}

/** See ChannelDriver.split. */
export function splitInput(input: AccountInput): { config: Record<string, unknown>; secrets: Record<string, string> } {
  if (input.channel !== 'x') throw new ParleyError('bad_input', 'This is not an X account.');
  const { tokens } = input;
  const secrets: Record<string, string> = tokens.type === 'oauth1'
    ? { ...tokens }
    : { type: tokens.type, accessToken: tokens.accessToken, ...(tokens.refreshToken ? { refreshToken: tokens.refreshToken } : {}), ...(tokens.clientId ? { clientId: tokens.clientId } : {}) };
  const clientId = tokens.type === 'oauth2' ? (tokens.clientId ?? '') : '';
  if (input.appBearer) secrets['appBearer'] = input.appBearer;
  return { config: { apiBase: input.apiBase, authorizeBase: X_SITE, clientId, userId: '', handle: '', ownsApp: input.ownsApp } satisfies XConfig, secrets };
}

const self = z.object({ id: z.string().regex(/^\d{1,19}$/), handle: z.string().min(1) });

/** Who the account is, as X last said (kept under the cursor "me"). */
export function knownSelf(settings: XConfig, cursor: string | null): Self | null {
  if (cursor !== null) {
    try {
      const parsed = self.safeParse(JSON.parse(cursor));
      if (parsed.success) return parsed.data;
    } catch {
      // Asked for again.
    }
  }
  const parsed = self.safeParse({ id: settings.userId, handle: settings.handle });
  return parsed.success ? parsed.data : null;
}

/** What a window may see of the settings. */
export function shownConfig(value: unknown): Pick<AccountRow, 'x'> {
  const parsed = config.safeParse(value);
  if (!parsed.success) return { x: null };
  const { apiBase, authorizeBase, clientId, ownsApp } = parsed.data;
  return { x: { apiBase, authorizeBase, clientId, ownsApp } };
}
