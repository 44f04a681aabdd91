const BOLD = new Set(['B', 'STRONG']);
const BLOCKS = new Set(['P', 'DIV', 'LI', 'UL', 'OL', 'BLOCKQUOTE', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'TR', 'TABLE', 'SECTION', 'ARTICLE', 'PRE', 'HEADER', 'FOOTER']);
const DROPPED = new Set(['STYLE', 'SCRIPT', 'HEAD', 'TITLE', 'META', 'TEMPLATE', 'NOSCRIPT']);
const DEEPEST = 60;

const isBold = (element: HTMLElement): boolean => {
  const weight = element.style.fontWeight;
  // Some programs wrap all they copy in a <b> that is not bold.
  return weight === '' ? BOLD.has(element.tagName) : weight === 'bold' || weight === 'bolder' || Number(weight) >= 600;
};
const around = (text: string, sign: string): string => text.replace(/^(\s*)([^]*?)(\s*)$/u, (_, lead: string, core: string, tail: string) => (core === '' || core.includes('\n') || core.includes(sign) ? `${lead}${core}${tail}` : `${lead}${sign}${core}${sign}${tail}`));
const prefixed = (text: string, prefix: string): string => text.trim().split('\n').map((line) => prefix + line).join('\n');

/** Rich text as the few signs a mail is written with; what they cannot say stays as its words. */
export function markupOf(node: Node, depth = 0): string {
  if (node.nodeType === Node.TEXT_NODE) return (node.textContent ?? '').replaceAll(/\s+/gu, ' ');
  if (!(node instanceof HTMLElement) || DROPPED.has(node.tagName) || depth > DEEPEST) return '';
  if (node.tagName === 'BR') return '\n';
  const inner = [...node.childNodes].map((child) => markupOf(child, depth + 1)).join('');
  if (node.tagName === 'LI') {
    const list = node.parentElement;
    const sign = list?.tagName === 'OL' ? `${[...list.children].indexOf(node) + 1}. ` : '- ';
    return `\n${sign}${inner.trim().replaceAll(/\n+/gu, '\n  ')}\n`;
  }
  if (node.tagName === 'BLOCKQUOTE') return `\n\n${prefixed(inner, '> ')}\n\n`;
  if (node.tagName === 'A') {
    const href = node.getAttribute('href') ?? '';
    const words = inner.trim();
    if (!/^(?:https?:|mailto:)/iu.test(href) || words === '' || words.includes('\n')) return inner;
    return words === href || words === href.replace(/^mailto:/iu, '') ? inner : `[${words.replaceAll(/[[\]]/gu, '')}](${href.replaceAll('(', '%28').replaceAll(')', '%29')})`;
  }
  if (/^H[1-6]$/u.test(node.tagName)) return `\n\n${around(inner.replaceAll('**', ''), '**')}\n\n`;
  if (node.tagName === 'UL' || node.tagName === 'OL' || node.tagName === 'P') return `\n\n${inner}\n\n`;
  if (BLOCKS.has(node.tagName)) return `\n${inner}\n`;
  if (node.tagName === 'TD' || node.tagName === 'TH') return `${inner} `;
  return isBold(node) ? around(inner, '**') : inner;
}

const tidy = (text: string): string => text.replaceAll(/[ \t]+\n/gu, '\n').replaceAll(/\n[ \t]+(?![-\d ])/gu, '\n').replaceAll(/(\n(?:- |\d+\. )[^\n]*)\n+(?=(?:- |\d+\. ))/gu, '$1\n').replaceAll(/\n{3,}/gu, '\n\n').trim();

/** What formatted text from the clipboard becomes; null when it has no formatting, so that it is pasted as text. */
export function pastedMarkup(html: string): string | null {
  if (!/<(?:b|strong|a|li|blockquote|h[1-6])[\s>]|font-weight/iu.test(html)) return null;
  const text = tidy(markupOf(new DOMParser().parseFromString(html, 'text/html').body));
  return /\*\*|\]\(|^(?:- |\d+\. |> )/mu.test(text) ? text : null;
}
