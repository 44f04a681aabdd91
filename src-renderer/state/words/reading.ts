/** Words a listener follows in a minute. */
const WORDS_PER_MINUTE = 190;

export const countWords = (text: string): number => text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

export const readingMs = (words: number): number => Math.round((words / WORDS_PER_MINUTE) * 60) * 1000;

/** Whether X would shorten a link in this text, which is what changes its price. */
export const hasLink = (text: string): boolean => /(?:https?:\/\/|\bwww\.)\S+|\b[\w-]+\.(?:com|org|net|io|co|in|my|br|info|example)(?:\/\S*)?\b/iu.test(text);
