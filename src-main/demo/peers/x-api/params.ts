import { invalid } from './errors.ts';

/** Checked query parameters of one request. */
export type Params = {
  get(name: string): string | undefined;
  list(name: string): string[];
  has(name: string): boolean;
};

const fieldNames: Record<string, readonly string[]> = {
  'tweet.fields': [
    'article', 'attachments', 'author_id', 'card_uri', 'community_id', 'context_annotations', 'conversation_id', 'created_at', 'display_text_range',
    'edit_controls', 'edit_history_tweet_ids', 'entities', 'geo', 'id', 'in_reply_to_user_id', 'lang', 'media_metadata', 'note_tweet',
    'possibly_sensitive', 'public_metrics', 'non_public_metrics', 'organic_metrics', 'promoted_metrics', 'referenced_tweets', 'reply_settings',
    'scopes', 'source', 'suggested_source_links', 'text', 'withheld',
  ],
  'user.fields': [
    'affiliation', 'confirmed_email', 'connection_status', 'created_at', 'description', 'entities', 'id', 'is_identity_verified', 'location',
    'most_recent_tweet_id', 'name', 'parody', 'pinned_tweet_id', 'profile_banner_url', 'profile_image_url', 'protected', 'public_metrics',
    'receives_your_dm', 'subscription', 'subscription_type', 'url', 'username', 'verified', 'verified_followers_count', 'verified_type', 'withheld',
  ],
  'media.fields': [
    'alt_text', 'duration_ms', 'height', 'media_key', 'non_public_metrics', 'organic_metrics', 'preview_image_url', 'promoted_metrics',
    'public_metrics', 'type', 'url', 'variants', 'width',
  ],
  'dm_event.fields': ['attachments', 'created_at', 'dm_conversation_id', 'entities', 'event_type', 'id', 'participant_ids', 'referenced_tweets', 'sender_id', 'text'],
  event_types: ['MessageCreate', 'ParticipantsJoin', 'ParticipantsLeave'],
};

/** What a post, user or DM request may ask for beside its own parameters. */
export const postFields = ['tweet.fields', 'user.fields', 'media.fields', 'place.fields', 'poll.fields', 'expansions'];
export const userFields = ['tweet.fields', 'user.fields', 'expansions'];
export const dmFields = ['dm_event.fields', 'tweet.fields', 'user.fields', 'media.fields', 'expansions', 'event_types', 'max_results', 'pagination_token'];

export const postExpansions = [
  'article.cover_media', 'article.media_entities', 'attachments.media_keys', 'attachments.media_source_tweet', 'attachments.poll_ids', 'author_id',
  'edit_history_tweet_ids', 'entities.mentions.username', 'geo.place_id', 'in_reply_to_user_id', 'entities.note.mentions.username',
  'referenced_tweets.id', 'referenced_tweets.id.author_id', 'referenced_tweets.id.attachments.media_keys',
];
export const userExpansions = ['affiliation.user_id', 'most_recent_tweet_id', 'pinned_tweet_id'];
export const dmExpansions = ['attachments.media_keys', 'participant_ids', 'referenced_tweets.id', 'sender_id'];

/** Refuses unknown parameters, fields and expansions as X does: 400 with the offender in `errors[]`. */
export function checkParams(query: URLSearchParams, allowed: readonly string[], expansions: readonly string[]): Params {
  for (const [name, value] of query) {
    if (!allowed.includes(name)) throw invalid(name, value, `The query parameter [${name}] is not one of [${allowed.join(',')}]`);
    const known = name === 'expansions' ? expansions : fieldNames[name];
    if (!known) continue;
    for (const one of value.split(',')) {
      if (!known.includes(one)) throw invalid(name, value, `The \`${name}\` query parameter value [${one}] is not one of [${known.join(',')}]`);
    }
  }
  return {
    get: name => query.get(name) ?? undefined,
    list: name => query.get(name)?.split(',').filter(v => v !== '') ?? [],
    has: name => query.has(name),
  };
}

/** `max_results` within the route's bounds. */
export function maxResults(params: Params, min: number, max: number, fallback: number): number {
  const given = params.get('max_results');
  if (given === undefined) return fallback;
  const n = Number(given);
  if (!/^\d+$/.test(given) || n < min || n > max) {
    throw invalid('max_results', given, `The \`max_results\` query parameter value [${given}] is not between ${min} and ${max}`);
  }
  return n;
}

/** An id of one to nineteen digits. */
export function checkId(name: string, value: string): string {
  if (!/^\d{1,19}$/.test(value)) throw invalid(name, value, `The \`${name}\` query parameter value [${value}] is not valid`);
  return value;
}

/** ISO 8601 instant of `start_time` and `end_time`, in ms UTC. */
export function checkTime(params: Params, name: string): number | undefined {
  const given = params.get(name);
  if (given === undefined) return undefined;
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(given) ? Date.parse(given) : NaN;
  if (Number.isNaN(at)) throw invalid(name, given, `Invalid '${name}':'${given}'. '${given}' is not a valid RFC3339 date.`);
  return at;
}

/** Page token of a list ordered by falling id: opaque, holds the last id shown. */
export const pageToken = (lastId: string): string => Buffer.from(`p1:${lastId}`).toString('base64url');

export function checkPageToken(params: Params, name = 'pagination_token'): string | undefined {
  const given = params.get(name);
  if (given === undefined) return undefined;
  const id = /^p1:(\d+)$/.exec(Buffer.from(given, 'base64url').toString('latin1'))?.[1];
  if (id === undefined) throw invalid(name, given, `The \`${name}\` query parameter value [${given}] is not valid`);
  return id;
}
