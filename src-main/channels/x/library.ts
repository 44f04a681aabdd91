import { createRequire } from 'node:module';
import type * as TwitterApiV2 from 'twitter-api-v2';
import type TwitterText from 'twitter-text';
import { lazy } from '../../kernel/index.ts';

const nodeRequire = createRequire(import.meta.url);

/** X's interface. */
export const twitterApi = lazy(() => nodeRequire('twitter-api-v2') as typeof TwitterApiV2);
/** How X counts and cuts text. */
export const twitterText = lazy(() => nodeRequire('twitter-text') as typeof TwitterText);
