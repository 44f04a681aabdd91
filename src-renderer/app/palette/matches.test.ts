import { expect, test } from 'vitest';
import { matches } from './matches.ts';

test.each([
  ['Follow-ups', 'Follow-ups', true], ['Follow-ups', 'follow ups', true], ['Follow-ups', 'ups', true], ['Follow-ups', 'low', false],
  ['Show X spending', 'spend show', true], ['Show X spending', 'x -', true], ['Show X spending', '', true], ['Show X spending', 'show mail', false],
])('%s is listed for “%s”: %s', (title, query, is) => expect(matches(title, query)).toBe(is));
