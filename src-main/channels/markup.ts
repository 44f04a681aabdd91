import type MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';
import { lazy, lazyPackage } from '../kernel/index.ts';

const library = lazyPackage<typeof MarkdownIt>('markdown-it');
const HTML_STYLE: Readonly<Record<string, string>> = { paragraph_open: 'margin:0 0 1em', bullet_list_open: 'margin:0 0 1em', ordered_list_open: 'margin:0 0 1em', blockquote_open: 'margin:0 0 1em;padding-left:1em;border-left:2px solid #ccc' };

/**
 * The few signs an agent writes with: **bold**, "- " and "1. " lists, [words](https://…), "> " quotes and bare addresses. Everything else
 * stays as it was typed; HTML is text.
 */
const md = lazy(() => {
  const it = new (library())('zero', { breaks: true, linkify: true, html: false }).enable(['emphasis', 'link', 'list', 'blockquote', 'newline', 'linkify']);
  it.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  it.validateLink = (url) => /^(?:https?|mailto):/i.test(url);
  // One sign of emphasis is enough: *this* and __this__ are what somebody typed, a product code or a smile.
  it.core.ruler.push('bold_only', (state) => {
    for (const { children } of state.tokens) {
      for (const token of children ?? []) {
        if (token.markup === '**' || !/^(?:em|strong)_(?:open|close)$/.test(token.type)) continue;
        token.type = 'text';
        token.content = token.markup;
        token.tag = '';
        token.nesting = 0;
      }
    }
  });
  for (const [rule, style] of Object.entries(HTML_STYLE)) {
    it.renderer.rules[rule] = (tokens, index, options, _env, self) => {
      tokens[index]?.attrSet('style', style);
      return self.renderToken(tokens, index, options);
    };
  }
  return it;
});

const isItem = (line: string): boolean => /^\s{0,3}(?:[-+*]|\d{1,9}[.)])\s+\S/.test(line);
const isQuote = (line: string): boolean => /^\s{0,3}>/.test(line);
/** The delimiter of a signature (RFC 3676 4.3). */
const isDelimiter = (line: string): boolean => line === '-- ' || line === '--';

/** A line written right under a quote or a list goes on below it, not inside it. */
function parted(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  return lines.map((line, at) => {
    const before = lines[at - 1] ?? '';
    if (line.trim() === '' || before.trim() === '') return line;
    const leaves = (isQuote(before) && !isQuote(line)) || (isItem(before) && !isItem(line) && !/^\s{2,}/.test(line)) || isDelimiter(line);
    return leaves ? `\n${line}` : line;
  }).join('\n');
}

/** The text as HTML: nothing in it but paragraphs, line breaks, bold, lists, quotes and links to http, https and mailto. */
export const markupHtml = (text: string): string => md().render(parted(text));

const linkText = (tokens: readonly Token[], from: number): { words: string; to: number } => {
  let words = '';
  let at = from;
  while (tokens[at] !== undefined && tokens[at]?.type !== 'link_close') words += tokens[at++]?.content ?? '';
  return { words, to: at };
};

function plainLine(line: string): string {
  const tokens = md().parseInline(line, {})[0]?.children ?? [];
  // Leading blanks are no part of an inline text.
  let plain = /^\s*/.exec(line)?.[0] ?? '';
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    if (token.type === 'link_open') {
      const href = token.attrGet('href') ?? '';
      const { words, to } = linkText(tokens, at + 1);
      plain += token.markup === 'linkify' || words === href ? words : `${words} <${String(href).replace(/^mailto:/i, '')}>`;
      at = to;
    } else if (!token.type.startsWith('strong_')) plain += token.type === 'softbreak' || token.type === 'hardbreak' ? '\n' : token.content;
  }
  return plain;
}

/** The text for programs that show no formatting: lists and quotes as typed, bold without its signs, links as "words <address>". */
export const markupPlain = (text: string): string => text.replace(/\r\n?/g, '\n').split('\n').map((line) => (/\*\*|\]\(/.test(line) ? plainLine(line) : line)).join('\n');

/** Whether formatting would show: bare addresses are links everywhere, so they alone do not count. */
export const hasMarkup = (text: string): boolean =>
  md().parse(parted(text), {}).some(({ type, children }) => /^(?:bullet_list|ordered_list|blockquote)_open$/.test(type) || (children ?? []).some((t) => t.type === 'strong_open' || (t.type === 'link_open' && t.markup !== 'linkify')));
