import { createRequire } from 'node:module';
import type TwitterText from 'twitter-text';
import { lazy } from '../../../kernel/lazy.ts';

/** How X counts and cuts text. */
export const twitterText = lazy(() => createRequire(import.meta.url)('twitter-text') as typeof TwitterText);
