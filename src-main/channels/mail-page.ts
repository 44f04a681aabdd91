/** A mail's formatting is kept as its last file of this name: the reader puts it behind whatever the mail brought along. */
const isPage = (file: { name: string; type: string }): boolean => file.name === 'message.html' && file.type === 'text/html';

export const pageOf = <F extends { name: string; type: string }>(files: readonly F[]): F | undefined => files.findLast(isPage);

/** What a reader would call the mail's files. */
export function withoutPage<F extends { name: string; type: string }>(files: readonly F[]): F[] {
  const page = pageOf(files);
  return files.filter((file) => file !== page);
}
