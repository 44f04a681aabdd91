import { strToU8, zipSync } from 'fflate';
import twitter from 'twitter-text';
import { wireText } from '../peers/x-api/world-rules.ts';
import { SAMPLE_NOW } from '../sample-time.ts';
import { careAccount, mainAccount, type Customer, type PostItem, type Timeline } from './timeline.ts';

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** The archive's date form: `Mon Jun 15 10:00:00 +0000 2026`. */
function archiveDate(at: number): string {
  const text = new Date(at).toUTCString();
  return `${days[new Date(at).getUTCDay()]} ${text.slice(8, 11)} ${text.slice(5, 7)} ${text.slice(17, 25)} +0000 ${text.slice(12, 16)}`;
}

type Names = (id: string) => { username: string; name: string } | undefined;

function archiveTweet(post: PostItem, parent: PostItem | undefined, names: Names, byHandle: (handle: string) => { id: string; name: string } | undefined): object {
  const mentions = twitter.extractMentionsWithIndices(post.text).map(m => {
    const user = byHandle(m.screenName.toLowerCase());
    return { name: user?.name ?? m.screenName, screen_name: m.screenName, indices: m.indices.map(String), id_str: user?.id ?? '-1', id: user?.id ?? '-1' };
  });
  const to = parent && names(parent.authorId);
  return {
    tweet: {
      edit_info: { initial: { editTweetIds: [post.id], editableUntil: new Date(post.at + 3_600_000).toISOString(), editsRemaining: '5', isEditEligible: parent === undefined } },
      retweeted: false, source: '<a href="https://parley.example" rel="nofollow">Care desk</a>',
      entities: { hashtags: [], symbols: [], user_mentions: mentions, urls: [] },
      display_text_range: ['0', String([...post.text].length)], favorite_count: '0', id_str: post.id, truncated: false, retweet_count: '0', id: post.id,
      ...(parent ? { in_reply_to_status_id_str: parent.id, in_reply_to_status_id: parent.id, in_reply_to_user_id: parent.authorId, in_reply_to_user_id_str: parent.authorId, in_reply_to_screen_name: to?.username } : {}),
      created_at: archiveDate(post.at), favorited: false, full_text: wireText(post.text), lang: post.lang,
      ...(post.deletedAt === undefined ? {} : { deleted_at: archiveDate(post.deletedAt) }),
    },
  };
}

function directMessages(timeline: Timeline): object[] {
  const byConversation = Map.groupBy(timeline.dms, dm => dm.conversationId);
  return [...byConversation].map(([conversationId, dms]) => ({
    dmConversation: {
      conversationId,
      messages: dms.toReversed().map(dm => ({
        messageCreate: { recipientId: dm.toId, reactions: [], urls: [], text: dm.text, mediaUrls: [], senderId: dm.fromId, id: dm.id, createdAt: new Date(dm.at).toISOString(), editHistory: [] },
      })),
    },
  }));
}

/** X's data archive of @acmecare: our posts, replies and DMs of both sides; of customers' posts it knows only the ids. */
export function archiveFile(timeline: Timeline): Uint8Array {
  const posts = new Map(timeline.posts.map(p => [p.id, p]));
  const names = namesOf(timeline.customers);
  const byHandle = handlesOf(timeline.customers);
  const ours = timeline.posts.filter(p => p.authorId === careAccount.id);
  const tweets = (list: PostItem[]): object[] => list.toReversed().map(p => archiveTweet(p, p.inReplyToId === undefined ? undefined : posts.get(p.inReplyToId), names, byHandle));
  const parts: Record<string, { file: string; data: object[] }> = {
    account: { file: 'account', data: [{ account: { email: 'care@acme.example', createdVia: 'web', username: careAccount.username, accountId: careAccount.id, createdAt: new Date(careAccount.createdAt).toISOString(), accountDisplayName: careAccount.name } }] },
    profile: { file: 'profile', data: [{ profile: { description: { bio: 'Help for Acme Broadband customers, 7 to 22 h.', website: '', location: '' } } }] },
    tweets: { file: 'tweets', data: tweets(ours.filter(p => p.deletedAt === undefined)) },
    deleted_tweets: { file: 'deleted-tweets', data: tweets(ours.filter(p => p.deletedAt !== undefined)) },
    direct_messages: { file: 'direct-messages', data: directMessages(timeline) },
    direct_messages_group: { file: 'direct-messages-group', data: [] },
  };
  const files: Record<string, Uint8Array> = {};
  const dataTypes: Record<string, object> = {};
  for (const [key, { file, data }] of Object.entries(parts)) {
    files[`data/${file}.js`] = strToU8(`window.YTD.${key}.part0 = ${JSON.stringify(data, null, 2)}`);
    const camel = key.replace(/_(\w)/g, (_, c: string) => c.toUpperCase());
    dataTypes[camel] = { files: [{ fileName: `data/${file}.js`, globalName: `YTD.${key}.part0`, count: String(data.length) }] };
  }
  const manifest = {
    userInfo: { accountId: careAccount.id, userName: careAccount.username, displayName: careAccount.name },
    archiveInfo: { sizeBytes: String(Object.values(files).reduce((sum, f) => sum + f.length, 0)), generationDate: new Date(SAMPLE_NOW).toISOString(), isPartialArchive: false, maxPartSizeBytes: '53687091200' },
    readmeInfo: { fileName: 'data/README.txt', directory: 'data/', name: 'README.txt' },
    dataTypes,
  };
  files['data/manifest.js'] = strToU8(`window.__THAR_CONFIG = ${JSON.stringify(manifest, null, 2)}`);
  files['data/README.txt'] = strToU8('Sample archive of the made-up account @acmecare, in the layout of X\'s "Your archive".\n');
  files['Your archive.html'] = strToU8('<!doctype html><title>Your archive</title><p>Sample archive of @acmecare.</p>\n');
  // fflate writes the local time of day: a date made from local parts gives the same bytes in every time zone.
  const mtime = new Date(2026, 5, 15, 10, 0, 0);
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, data]) => [name, [data, { mtime, level: 9 }] as const])) as Parameters<typeof zipSync>[0]);
}

const namesOf = (customers: readonly Customer[]): Names => {
  const all = new Map(customers.map(c => [c.xUserId, { username: c.handle ?? '', name: c.name }]));
  return id => (id === careAccount.id ? careAccount : id === mainAccount.id ? mainAccount : all.get(id));
};

function handlesOf(customers: readonly Customer[]): (handle: string) => { id: string; name: string } | undefined {
  const all = new Map([...customers.map(c => [c.handle?.toLowerCase() ?? '', { id: c.xUserId ?? '', name: c.name }] as const), [careAccount.username, careAccount] as const, [mainAccount.username, mainAccount] as const]);
  return handle => all.get(handle);
}

/** What the X peer starts with. Times are ISO 8601 UTC, at or before SAMPLE_NOW. */
export type XSeed = {
  sampleNow: string;
  careId: string;
  mainId: string;
  users: { id: string; username: string; name: string; createdAt: string; followers?: number; verified?: boolean; closedDms?: boolean }[];
  posts: { id: string; authorId: string; text: string; createdAt: string; lang: string; inReplyToId?: string; deletedAt?: string }[];
  dms: { id: string; fromId: string; toId: string; text: string; createdAt: string }[];
};

/** Everything public around the two accounts, both sides, and the DMs. */
export function seedFile(timeline: Timeline): XSeed {
  const iso = (at: number): string => new Date(at).toISOString();
  const account = (a: typeof careAccount): XSeed['users'][number] => ({ id: a.id, username: a.username, name: a.name, createdAt: iso(a.createdAt), verified: true });
  return {
    sampleNow: iso(SAMPLE_NOW), careId: careAccount.id, mainId: mainAccount.id,
    users: [account(careAccount), account(mainAccount), ...timeline.customers.flatMap((c, n) => c.xUserId === undefined || c.handle === undefined ? [] : [{
      id: c.xUserId, username: c.handle, name: c.name, createdAt: iso(Date.UTC(2013, 0, 5)),
      followers: c.tags?.includes('influencer') ? 210_000 : 40 + n * 13, ...(n % 11 === 5 ? { closedDms: true } : {}),
    }])],
    posts: timeline.posts.map(p => ({
      id: p.id, authorId: p.authorId, text: p.text, createdAt: iso(p.at), lang: p.lang,
      ...(p.inReplyToId === undefined ? {} : { inReplyToId: p.inReplyToId }), ...(p.deletedAt === undefined ? {} : { deletedAt: iso(p.deletedAt) }),
    })),
    dms: timeline.dms.map(d => ({ id: d.id, fromId: d.fromId, toId: d.toId, text: d.text, createdAt: iso(d.at) })),
  };
}
