export interface BrowserOptions {
  profileDir: string;
  isHeadless: boolean;
  /** Opens a devtools port on loopback as well, so that a test can attach. Never in normal use. */
  hasTestPort: boolean;
  isRoot: boolean;
}

/** The page before the console's own is served; it has the system's colours so that a dark desk does not flash white. */
export const BOOT_PAGE = 'data:text/html,<meta charset=utf-8><meta name=color-scheme content="light dark"><title>Parley</title>';

/** Command line of the browser. No port is opened: the browser is driven over two inherited pipes. */
export function browserFlags(options: BrowserOptions): string[] {
  return [
    `--app=${BOOT_PAGE}`,
    '--remote-debugging-pipe',
    `--user-data-dir=${options.profileDir}`,
    '--class=Parley',
    '--window-size=1440,900',
    // A second wall behind request interception: no name and no address resolves, so nothing leaves even if a request slips by.
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--no-first-run',
    '--no-default-browser-check',
    '--no-pings',
    '--disable-background-networking',
    '--disable-breakpad',
    '--disable-client-side-phishing-detection',
    '--disable-component-extensions-with-background-pages',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-extensions',
    '--disable-features=AutofillServerCommunication,CertificateTransparencyComponentUpdater,MediaRouter,OptimizationHints,Translate,GlobalMediaControls,DialMediaRouteProvider',
    '--disable-quic',
    '--disable-search-engine-choice-screen',
    '--disable-session-crashed-bubble',
    '--hide-crash-restore-bubble',
    '--disable-sync',
    '--metrics-recording-only',
    '--password-store=basic',
    '--use-mock-keychain',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    // A covered window must still take pushes and ring timers at full speed.
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    ...(options.isHeadless ? ['--headless=new', '--hide-scrollbars'] : []),
    ...(options.hasTestPort ? ['--remote-debugging-port=0'] : []),
    // The browser's own sandbox needs user namespaces that root does not get; as a normal user it stays on.
    ...(options.isRoot ? ['--no-sandbox', '--test-type'] : []),
  ];
}
