const MENTION = /(?<![\w@])@\w{1,15}(?!\w)/gu;

/** The @names X puts before an answer by itself: whoever wrote the post and whom it mentions, but us. There they weigh nothing; anybody else's counts. */
export function leadingNames(post: { author: string; address: string | null; text: string }, own: string): string[] {
  const names = [post.address ?? post.author, ...[...post.text.matchAll(MENTION)].map(([name]) => name)];
  const byName = new Map(names.filter((name) => /^@\w{1,15}$/u.test(name)).map((name) => [name.toLowerCase(), name]));
  byName.delete(own.toLowerCase());
  return [...byName.values()];
}
