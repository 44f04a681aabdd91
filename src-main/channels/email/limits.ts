/** What one mail may cost. A mail beyond a limit is never dropped: it is kept whole or cut, and says so. */
export interface MailLimits {
  rawBytes: number;
  headerBytes: number;
  depth: number;
  parts: number;
  boundaryLines: number;
  files: number;
  textChars: number;
  htmlChars: number;
  htmlDepth: number;
  subjectChars: number;
  nameChars: number;
  fileNameChars: number;
  addresses: number;
  references: number;
  messageIdChars: number;
  parseMs: number;
}

export const mailLimits: MailLimits = {
  // Large providers accept 25-50 MB encoded; above this one mail would cost more memory than the whole console.
  rawBytes: 64 * 1024 * 1024,
  // Real header blocks stay under 64 kB (long ARC and DKIM chains); postal-mime's own 2 MB takes a second to fold.
  headerBytes: 512 * 1024,
  // Forwards of forwards reach 10-20; postal-mime recurses per level and throws at 256.
  depth: 64,
  // Attachments of one mail an agent could still look through.
  parts: 500,
  // Each "\n--" may open a part and each part costs an object: 64 MB of "--x" lines would be millions.
  boundaryLines: 20_000,
  files: 200,
  // The longest text the timeline renders and search indexes; what is longer is kept as the file message.txt.
  textChars: 256 * 1024,
  // html-to-text is linear but slow (about 10 MB/s); marketing mails reach 500 kB.
  htmlChars: 2 * 1024 * 1024,
  // Deeper HTML is shown as its bare words.
  htmlDepth: 1_000,
  // RFC 5322 2.1.1: 998 characters a line.
  subjectChars: 998,
  nameChars: 200,
  // ext4, NTFS and APFS take 255 bytes; UTF-8 and a counter must still fit.
  fileNameChars: 120,
  addresses: 200,
  references: 100,
  // Longer ones are junk and would not fit an index page; such a mail is known by its hash.
  messageIdChars: 500,
  // A hostile 3 MB mail takes about a second; whatever takes longer than this is not read.
  parseMs: 20_000,
};

/** Limits of reading a mailbox. */
export const readLimits = {
  /** Events of one batch: one transaction of some 50 ms. Smaller ones cost more: each commit waits for the disk and begins a new piece of the search index. */
  batchEvents: 200,
  /** Raw bytes of one batch. */
  batchBytes: 8 * 1024 * 1024,
  /** Batches fetched whole before the oldest is committed: while it is, the server sends another, and the parser and the disk (their files) have the ones between. */
  ahead: 4,
  /** Batches handed to the store and not committed yet: it commits five at once while more are ready, and finds the next two there when it has. */
  handedIn: 7,
  /** Raw bytes of batches under way: this bounds memory. */
  aheadBytes: 16 * 1024 * 1024,
  /** Newest mails whose flags are asked for where a server cannot say which have changed. */
  flagWindow: 500,
  /** Sizes asked for in one round trip when planning pages. */
  sizeWindow: 2_000,
};

/** Waiting times in ms. */
export const mailTimes = {
  /** A mailbox server that says nothing for this long is gone (RFC 9051 5.4 speaks of the server's side: 30 min). */
  connect: 20_000,
  greeting: 15_000,
  /** Silence on an IMAP socket outside IDLE; within IDLE imapflow sends a NOOP instead. */
  imapSocket: 90_000,
  /** RFC 5321 4.5.3.2 allows servers 10 min after the final dot; giving up earlier makes an unknown of a slow yes. */
  smtpSocket: 10 * 60_000,
  /** Read again without any event: events get lost (see reader.ts). Also restarts IDLE long before the 29 min of RFC 2177. */
  safetyFetch: 3 * 60_000,
  /** Look into chosen folders: only one folder can be watched on a connection, and customers' mails may be sorted into others. */
  otherFolders: 30_000,
  /** A connection that lasted this long was a good one: back-off starts from the beginning. */
  goodConnection: 30_000,
  backoffBase: 2_000,
  backoffCap: 5 * 60_000,
  /** What stop() gives a send or a copy under way. */
  stopGrace: 5_000,
  /** How long a reconcile waits for its turn on the connection. */
  jobWait: 60_000,
  /** A server that keeps its own Sent copies has them after this; before, "not there" proves nothing. */
  sentCopyDelay: 2 * 60_000,
  reconcileRetry: 60_000,
  testStep: 20_000,
};
