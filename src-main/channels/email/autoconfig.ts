import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { isLoopback, type MailServer } from './config.ts';

export interface Settings { imap: MailServer; smtp: MailServer; user: string; takesPassword: boolean }
export type AutoconfigAnswer = { type: 'settings'; settings: Settings } | { type: 'refused'; why: string };

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => (Array.isArray(value) ? value : [value])).optional();
const server = z.object({ '@type': z.string(), hostname: z.string(), port: z.string(), socketType: z.string(), username: z.string().optional(), authentication: texts });
const shape = z.object({ clientConfig: z.object({ emailProvider: z.object({ incomingServer: z.array(z.unknown()), outgoingServer: z.array(z.unknown()) }) }) });
type Server = z.infer<typeof server>;

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false, parseAttributeValue: false, processEntities: false, isArray: (name) => name === 'incomingServer' || name === 'outgoingServer' });

const security = (type: string): MailServer['security'] | null => ({ ssl: 'tls', tls: 'tls', starttls: 'starttls', plain: 'none' } as const)[type.toLowerCase() as 'ssl'] ?? null;
const RANK = { tls: 0, starttls: 1, none: 2 } as const;
const PASSWORDS = /^(?:password-cleartext|plain|password-encrypted|secure)$/i;

/** Reads the XML that mail programs find their settings by (Mozilla's autoconfig 1.1). Takes what is encrypted; of equals the first. */
export function readAutoconfig(xml: string, address: string): AutoconfigAnswer {
  const refused = (why: string): AutoconfigAnswer => ({ type: 'refused', why });
  // Entities could name files of this machine or grow without end; real settings have none.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) return refused('it defines entities of its own');
  let tree: unknown;
  try {
    tree = parser.parse(xml);
  } catch {
    return refused('it cannot be read');
  }
  const parsed = shape.safeParse(tree);
  if (!parsed.success) return refused('it holds no settings');
  const { incomingServer, outgoingServer } = parsed.data.clientConfig.emailProvider;
  const fill = (text: string): string => text.trim().replace(/%EMAILADDRESS%/g, address).replace(/%EMAILLOCALPART%/g, address.slice(0, address.lastIndexOf('@'))).replace(/%EMAILDOMAIN%/g, address.slice(address.lastIndexOf('@') + 1));
  const best = (list: unknown[], type: string): { server: MailServer; from: Server } | null => {
    const found: { server: MailServer; from: Server }[] = [];
    for (const entry of list) {
      const one = server.safeParse(entry);
      if (!one.success || one.data['@type'].toLowerCase() !== type) continue;
      const [host, port, kind] = [fill(one.data.hostname).toLowerCase(), Number(one.data.port), security(one.data.socketType)];
      if (!/^[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,250}[\p{L}\p{N}])?$/u.test(host) || !Number.isInteger(port) || port < 1 || port > 65_535 || kind === null) continue;
      found.push({ server: { host, port, security: kind }, from: one.data });
    }
    return found.sort((a, b) => RANK[a.server.security] - RANK[b.server.security])[0] ?? null;
  };
  const imap = best(incomingServer, 'imap');
  const smtp = best(outgoingServer, 'smtp');
  if (!imap) return refused('it names no IMAP server');
  if (!smtp) return refused('it names no server to send by');
  for (const { server: { host, security: kind } } of [imap, smtp]) if (kind === 'none' && !isLoopback(host)) return refused(`it offers ${host} without encryption only`);
  const ways = imap.from.authentication ?? [];
  return { type: 'settings', settings: { imap: imap.server, smtp: smtp.server, user: fill(imap.from.username ?? address), takesPassword: ways.length === 0 || ways.some((way) => PASSWORDS.test(way)) } };
}
