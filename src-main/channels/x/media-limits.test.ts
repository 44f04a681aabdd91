import { expect, test } from 'vitest';
import { mediaProblem } from './media-limits.ts';

const file = (type: string, size = 1_000, name = 'a'): { name: string; type: string; size: number } => ({ name, type, size });
const jpeg = file('image/jpeg');

test.each<[string, 'post' | 'dm', { name: string; type: string; size: number }[], RegExp | null]>([
  ['no file', 'post', [], null], ['four pictures', 'post', [jpeg, jpeg, file('image/png'), file('image/webp')], null], ['one GIF', 'post', [file('image/gif', 15_000_000)], null],
  ['one film', 'post', [file('video/mp4', 512_000_000)], null], ['one in a message', 'dm', [jpeg], null],
  ['five pictures', 'post', [jpeg, jpeg, jpeg, jpeg, jpeg], /^A post carries 4 pictures, not 5\.$/], ['two in a message', 'dm', [jpeg, jpeg], /^A direct message carries 1 file, not 2\.$/],
  ['a film and a picture', 'post', [jpeg, file('video/mp4')], /or one video, not both/], ['two GIFs', 'post', [file('image/gif'), file('image/gif')], /one GIF/],
  ['a large picture', 'post', [file('image/png', 5_000_001, 'map.png')], /^“map.png” has 5 MB; X takes a picture of at most 5 MB\.$/], ['a large GIF', 'dm', [file('image/gif', 15_200_000)], /15.2 MB; X takes a GIF of at most 15 MB/],
  ['a large film', 'post', [file('video/mp4', 512_100_001)], /a video of at most 512 MB/], ['a PDF', 'post', [file('application/pdf', 1, 'bill.pdf')], /not “bill.pdf”/], ['nothing in it', 'dm', [file('image/png', 0)], /is empty/],
])('%s (%s)', (_name, mode, files, expected) => {
  const problem = mediaProblem(mode, files);
  if (expected === null) expect(problem).toBeNull();
  else expect(problem).toMatch(expected);
});
