import { deleteDm, deleteOwnPost, createPost, hideReply, sendDm, type WriteContext } from './writes.ts';
import { mediaAppend, mediaFinalize, mediaInitialize, mediaMetadata, mediaStatus } from './media.ts';
import { dmEvents, me, mentions, postById, postsByIds, postsOfUser, searchRecent, userById, userByUsername, usersByIds, type ReadContext } from './reads.ts';
import { dmExpansions, dmFields, postExpansions, postFields, userExpansions, userFields } from './params.ts';
import type { Answer } from './errors.ts';
import type { LimitGroup } from './terms.ts';

type Common = { path: RegExp; group: LimitGroup; scopes: readonly string[] };
export type Route =
  | (Common & { method: 'GET'; params: readonly string[]; expansions: readonly string[]; read: (ctx: ReadContext) => Answer })
  | (Common & { method: 'POST' | 'PUT' | 'DELETE'; write: (ctx: WriteContext) => Answer });

const posts = ['tweet.read', 'users.read'];
const dmRead = ['dm.read', 'tweet.read', 'users.read'];
const dmWrite = ['dm.write', 'dm.read', 'tweet.read', 'users.read'];
const list = ['since_id', 'until_id', 'start_time', 'end_time', 'max_results', 'pagination_token', ...postFields];

function get(path: RegExp, group: LimitGroup, scopes: readonly string[], params: readonly string[], expansions: readonly string[], read: (ctx: ReadContext) => Answer): Route {
  return { method: 'GET', path, group, scopes, params, expansions, read };
}

function write(method: 'POST' | 'PUT' | 'DELETE', path: RegExp, group: LimitGroup, scopes: readonly string[], handler: (ctx: WriteContext) => Answer): Route {
  return { method, path, group, scopes, write: handler };
}

/** First match wins: literal paths stand before the ones with an id. */
export const routes: readonly Route[] = [
  get(/^\/2\/users\/me$/, 'me', posts, userFields, userExpansions, me),
  get(/^\/2\/users\/by\/username\/[^/]+$/, 'users', posts, userFields, userExpansions, userByUsername),
  get(/^\/2\/users$/, 'users', posts, ['ids', ...userFields], userExpansions, usersByIds),
  get(/^\/2\/users\/[^/]+\/mentions$/, 'mentions', posts, list, postExpansions, mentions),
  get(/^\/2\/users\/[^/]+\/tweets$/, 'ownPosts', posts, ['exclude', ...list], postExpansions, postsOfUser),
  get(/^\/2\/users\/[^/]+$/, 'users', posts, userFields, userExpansions, userById),
  get(/^\/2\/tweets\/search\/recent$/, 'search', posts, ['query', 'next_token', 'sort_order', ...list], postExpansions, searchRecent),
  get(/^\/2\/tweets\/[^/]+$/, 'postsById', posts, postFields, postExpansions, postById),
  get(/^\/2\/tweets$/, 'postsById', posts, ['ids', ...postFields], postExpansions, postsByIds),
  get(/^\/2\/dm_events$/, 'dmRead', dmRead, dmFields, dmExpansions, dmEvents),
  get(/^\/2\/dm_conversations\/with\/[^/]+\/dm_events$/, 'dmRead', dmRead, dmFields, dmExpansions, dmEvents),
  get(/^\/2\/dm_conversations\/[^/]+\/dm_events$/, 'dmRead', dmRead, dmFields, dmExpansions, dmEvents),
  write('POST', /^\/2\/tweets$/, 'postCreate', ['tweet.write', ...posts], createPost),
  write('DELETE', /^\/2\/tweets\/[^/]+$/, 'postDelete', ['tweet.write', ...posts], deleteOwnPost),
  write('PUT', /^\/2\/tweets\/[^/]+\/hidden$/, 'hide', ['tweet.moderate.write', ...posts], hideReply),
  write('POST', /^\/2\/dm_conversations\/with\/[^/]+\/messages$/, 'dmSend', dmWrite, sendDm),
  write('POST', /^\/2\/dm_conversations\/[^/]+\/messages$/, 'dmSend', dmWrite, sendDm),
  write('DELETE', /^\/2\/dm_events\/[^/]+$/, 'dmDelete', dmWrite, deleteDm),
  get(/^\/2\/media\/upload$/, 'media', ['media.write'], ['command', 'media_id'], [], mediaStatus),
  write('POST', /^\/2\/media\/metadata$/, 'media', ['media.write'], mediaMetadata),
  write('POST', /^\/2\/media\/upload\/initialize$/, 'media', ['media.write'], mediaInitialize),
  write('POST', /^\/2\/media\/upload\/[^/]+\/append$/, 'media', ['media.write'], mediaAppend),
  write('POST', /^\/2\/media\/upload\/[^/]+\/finalize$/, 'media', ['media.write'], mediaFinalize),
];
