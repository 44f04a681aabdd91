import type { MailServer } from './config.ts';

/** Where and for what a provider signs people in (OAuth 2). */
export interface OAuthPlace {
  authorizeUrl: string;
  tokenUrl: string;
  /** Null where sign-in by code is not allowed for mail. */
  deviceUrl: string | null;
  scopes: readonly string[];
}

export interface MailProvider {
  id: string;
  name: string;
  /** Domains of addresses. */
  domains: readonly string[];
  /** Ends of the names of servers that take mail for domains of organisations. */
  mx: readonly string[];
  imap: MailServer;
  smtp: MailServer;
  /** Files a copy of what its SMTP server takes into the folder of sent mail. */
  keepsCopies?: true;
  /** Takes passwords; false = OAuth only. `hint`: which password. */
  password: { hint: string | null } | false;
  oauth?: OAuthPlace & {
    /** Parameters of its sign-in page beside OAuth's own: to get a refresh token at all. */
    params: Readonly<Record<string, string>>;
    /** The name it registers for this machine. */
    redirectHost: '127.0.0.1' | 'localhost';
    wantsSecret: boolean;
    /** In plain words: where an organisation registers its own app. */
    register: string;
  };
}

const tls = (host: string, port: number): MailServer => ({ host, port, security: 'tls' });
const starttls = (host: string, port = 587): MailServer => ({ host, port, security: 'starttls' });
const APP_PASSWORD = 'Use an app password, made in the security settings of the account.';
const plain = (id: string, name: string, domains: readonly string[], imap: MailServer, smtp: MailServer, mx: readonly string[] = [], hint: string | null = null): MailProvider => ({ id, name, domains, mx, imap, smtp, password: { hint } });

/** Large providers as they document themselves. Data: what is wrong here is changed by hand in the form. */
export const mailProviders: readonly MailProvider[] = [
  {
    id: 'google', name: 'Google', domains: ['gmail.com', 'googlemail.com'], mx: ['google.com', 'googlemail.com'], keepsCopies: true,
    imap: tls('imap.gmail.com', 993), smtp: tls('smtp.gmail.com', 465), password: { hint: 'Google takes app passwords only, and only where two-step sign-in is on.' },
    oauth: {
      authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth', tokenUrl: 'https://oauth2.googleapis.com/token', deviceUrl: null, scopes: ['https://mail.google.com/'],
      // Without both Google gives a refresh token the first time only.
      params: { access_type: 'offline', prompt: 'consent' }, redirectHost: '127.0.0.1', wantsSecret: true,
      register: 'In Google Cloud Console (console.cloud.google.com), under “APIs & Services”, turn on the Gmail API and make an OAuth client ID of the type “Desktop app”. It shows the client ID and the client secret.',
    },
  },
  {
    id: 'microsoft', name: 'Microsoft', domains: ['outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'outlook.de', 'outlook.fr', 'hotmail.co.uk', 'hotmail.fr', 'hotmail.de'], mx: ['mail.protection.outlook.com', 'mx.microsoft', 'olc.protection.outlook.com'], keepsCopies: true,
    imap: tls('outlook.office365.com', 993), smtp: starttls('smtp.office365.com'), password: false,
    oauth: {
      authorizeUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize', tokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token', deviceUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/devicecode',
      scopes: ['https://outlook.office.com/IMAP.AccessAsUser.All', 'https://outlook.office.com/SMTP.Send', 'offline_access'], params: { prompt: 'select_account' }, redirectHost: 'localhost', wantsSecret: false,
      register: 'In Microsoft Entra (entra.microsoft.com), under “App registrations”, make an app with the platform “Mobile and desktop applications” and the redirect address http://localhost/callback; for sign-in by code also allow public client flows. It shows the application (client) ID.',
    },
  },
  { ...plain('yahoo', 'Yahoo', ['yahoo.com', 'yahoo.co.uk', 'yahoo.de', 'yahoo.fr', 'yahoo.es', 'yahoo.in', 'yahoo.co.in', 'yahoo.com.br', 'ymail.com', 'rocketmail.com'], tls('imap.mail.yahoo.com', 993), tls('smtp.mail.yahoo.com', 465), ['yahoodns.net'], APP_PASSWORD), keepsCopies: true },
  plain('aol', 'AOL', ['aol.com'], tls('imap.aol.com', 993), tls('smtp.aol.com', 465), [], APP_PASSWORD),
  plain('icloud', 'iCloud', ['icloud.com', 'me.com', 'mac.com'], tls('imap.mail.me.com', 993), starttls('smtp.mail.me.com'), ['mail.icloud.com'], APP_PASSWORD),
  plain('fastmail', 'Fastmail', ['fastmail.com', 'fastmail.fm'], tls('imap.fastmail.com', 993), tls('smtp.fastmail.com', 465), ['messagingengine.com'], APP_PASSWORD),
  plain('gmx', 'GMX', ['gmx.de', 'gmx.net', 'gmx.at', 'gmx.ch'], tls('imap.gmx.net', 993), tls('mail.gmx.net', 465), [], 'IMAP must be allowed in the settings of the mailbox.'),
  plain('gmx-com', 'GMX', ['gmx.com', 'gmx.us', 'gmx.co.uk', 'gmx.fr', 'gmx.es'], tls('imap.gmx.com', 993), tls('mail.gmx.com', 465), [], 'IMAP must be allowed in the settings of the mailbox.'),
  plain('webde', 'WEB.DE', ['web.de'], tls('imap.web.de', 993), starttls('smtp.web.de'), [], 'IMAP must be allowed in the settings of the mailbox.'),
  plain('tonline', 'T-Online', ['t-online.de', 'magenta.de'], tls('secureimap.t-online.de', 993), tls('securesmtp.t-online.de', 465), [], 'T-Online has a password of its own for e-mail programs.'),
  plain('ionos-de', 'IONOS', [], tls('imap.ionos.de', 993), tls('smtp.ionos.de', 465), ['kundenserver.de', 'ionos.de']),
  plain('ionos', 'IONOS', [], tls('imap.ionos.com', 993), tls('smtp.ionos.com', 465), ['ionos.com', 'perfora.net']),
  plain('strato', 'STRATO', [], tls('imap.strato.de', 993), tls('smtp.strato.de', 465), ['rzone.de']),
  plain('ovh', 'OVHcloud', [], tls('ssl0.ovh.net', 993), tls('ssl0.ovh.net', 465), ['mail.ovh.net']),
  plain('zoho', 'Zoho', ['zoho.com', 'zohomail.com'], tls('imap.zoho.com', 993), tls('smtp.zoho.com', 465), ['zoho.com'], APP_PASSWORD),
  plain('zoho-eu', 'Zoho', ['zoho.eu', 'zohomail.eu'], tls('imap.zoho.eu', 993), tls('smtp.zoho.eu', 465), ['zoho.eu'], APP_PASSWORD),
  plain('mailbox-org', 'mailbox.org', ['mailbox.org'], tls('imap.mailbox.org', 993), tls('smtp.mailbox.org', 465), ['mailbox.org']),
  plain('posteo', 'Posteo', ['posteo.de', 'posteo.net', 'posteo.eu'], tls('posteo.de', 993), tls('posteo.de', 465)),
  plain('infomaniak', 'Infomaniak', ['ik.me'], tls('mail.infomaniak.com', 993), tls('mail.infomaniak.com', 465), ['infomaniak.ch']),
  plain('migadu', 'Migadu', [], tls('imap.migadu.com', 993), tls('smtp.migadu.com', 465), ['migadu.com']),
  plain('hostinger', 'Hostinger', [], tls('imap.hostinger.com', 993), tls('smtp.hostinger.com', 465), ['hostinger.com']),
  plain('gandi', 'Gandi', [], tls('mail.gandi.net', 993), tls('mail.gandi.net', 465), ['mail.gandi.net']),
  plain('orange', 'Orange', ['orange.fr', 'wanadoo.fr'], tls('imap.orange.fr', 993), tls('smtp.orange.fr', 465)),
  plain('free', 'Free', ['free.fr'], tls('imap.free.fr', 993), tls('smtp.free.fr', 465)),
  plain('libero', 'Libero', ['libero.it'], tls('imapmail.libero.it', 993), tls('smtp.libero.it', 465), [], APP_PASSWORD),
  plain('uol', 'UOL', ['uol.com.br', 'bol.com.br'], tls('imap.uol.com.br', 993), starttls('smtps.uol.com.br')),
];

export const providerById = (id: string): MailProvider | null => mailProviders.find((provider) => provider.id === id) ?? null;
export const providerOfDomain = (domain: string): MailProvider | null => mailProviders.find((provider) => provider.domains.includes(domain)) ?? null;
/** Whoever runs one of the servers a domain's mail goes to. */
export const providerOfMx = (exchange: string): MailProvider | null => mailProviders.find(({ mx }) => mx.some((end) => exchange === end || exchange.endsWith(`.${end}`))) ?? null;
/** Whoever runs this mail server itself. */
export const providerOfServer = (host: string): MailProvider | null => mailProviders.find(({ imap }) => imap.host === host) ?? null;
