import { photoSize } from './make/photos.ts';
import { nextId, snowflakeAt } from './peers/x-api/ids.ts';
import type { XMedia, XState } from './peers/x-api/state.ts';
import { editPost, putPost, putUser } from './peers/x-api/world-rules.ts';

const minute = 60_000;
const hour = 60 * minute;

/** What X posts can carry beside text: pictures with descriptions, a film, a quote, an edit, an advertised post and its replies; and a question to the brand's main handle. */
export function addShowcase(state: XState, careId: string, nowMs: number): void {
  const user = (username: string, name: string): string => putUser(state, nowMs, { username, name, createdAt: nowMs - 900 * 24 * hour, followers: 120 }).id;
  const media = (ownerId: string, sample: string, over: Partial<XMedia>): string => {
    const one: XMedia = { id: nextId(state, nowMs), ownerId, type: 'image/png', category: 'tweet_image', bytes: 0, got: 0, ready: true, sample, ...photoSize, ...over };
    state.media[one.id] = one;
    return one.id;
  };
  let serial = 0;
  /** As old as it says it is: lists go by id. */
  const ago = (ms: number): { id: string; createdAt: number } => ({ id: snowflakeAt(nowMs - ms, (serial += 1)), createdAt: nowMs - ms });
  const [ines, kofi, hanna, theo] = [user('inesduarte_', 'Inês Duarte'), user('kofi_mensah', 'Kofi Mensah'), user('hannaberg', 'Hanna Berg'), user('theolang', 'Theo Lang')];

  putPost(state, nowMs, {
    authorId: ines, ...ago(95 * minute), text: '@acmecare the Zip has been like this since the storm. Second lamp red, cable torn off outside. Can somebody come today?', likes: 4, reposts: 1,
    mediaIds: [
      media(ines, 'lamps', { alt: 'A Zip on a shelf; the second of its four lamps is red' }), media(ines, 'cable', { alt: 'The cable outside is torn off below its box' }), media(ines, 'speed', {}),
      media(ines, 'cable', { type: 'video/mp4', alt: 'The loose cable swinging in the wind', durationMs: 32_000 }),
    ],
  });

  const advert = putPost(state, nowMs, { authorId: careId, ...ago(26 * hour), text: 'Fibre from 19.90 a month, installed within ten days. Really.', promoted: true, likes: 210, reposts: 31 });
  putPost(state, nowMs, { authorId: kofi, ...ago(3 * hour), inReplyToId: advert.id, text: '@acmecare ten days? I have waited for five weeks. Order 20418.', likes: 18 });

  putPost(state, nowMs, { authorId: theo, ...ago(50 * minute), text: '@acme does your app run on tablets, too?' });

  const news = putPost(state, nowMs, { authorId: careId, ...ago(8 * hour), text: 'Works in the north district tonight from 1 to 5. Connections may drop for up to 20 minutes.', likes: 12, reposts: 9 });
  const asked = putPost(state, nowMs, { authorId: hanna, ...ago(2 * hour), quotedId: news.id, text: '@acmecare does that concern Hafen street, too? I work at nite.', replySettings: 'mentionedUsers' });
  const edited = editPost(state, nowMs, asked.id, '@acmecare does that concern Hafen street, too? I work at night and cannot be offline.', snowflakeAt(asked.createdAt + 4 * minute, 9));
  edited.createdAt = asked.createdAt;
}
