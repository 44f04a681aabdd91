/** What a declaration of a mail may set: looks and flow, nothing that positions over others, loads, animates or makes content. */
const PROPERTIES = new Set([
  'color', 'background-color', 'background', 'font', 'font-family', 'font-size', 'font-style', 'font-variant', 'font-weight', 'line-height', 'letter-spacing', 'word-spacing',
  'text-align', 'text-decoration', 'text-indent', 'text-transform', 'vertical-align', 'white-space', 'word-break', 'overflow-wrap', 'direction',
  'margin', 'margin-top', 'margin-right', 'margin-bottom', 'margin-left', 'padding', 'padding-top', 'padding-right', 'padding-bottom', 'padding-left',
  'border', 'border-top', 'border-right', 'border-bottom', 'border-left', 'border-color', 'border-style', 'border-width', 'border-radius', 'border-collapse', 'border-spacing',
  'border-top-color', 'border-right-color', 'border-bottom-color', 'border-left-color', 'border-top-style', 'border-right-style', 'border-bottom-style', 'border-left-style',
  'border-top-width', 'border-right-width', 'border-bottom-width', 'border-left-width',
  'width', 'min-width', 'max-width', 'height', 'min-height', 'max-height', 'display', 'float', 'clear', 'list-style', 'list-style-type', 'table-layout',
]);
const DISPLAYS = /^(?:none|block|inline|inline-block|list-item|table|inline-table|table-row|table-cell|table-row-group|table-header-group|table-footer-group|table-caption)$/;
/** Numbers, words and colours. No quote can open a string that ends elsewhere, no backslash can spell another word, no function but colours. */
const VALUE = /^(?:(?:rgb|hsl)a?\([0-9a-z%., /]+\)|[a-z0-9#%., /+-])*$/;
const FAMILY = /^[a-z0-9 ,_-]+$/;
const LONGEST_STYLE = 4_000;

/** The declarations of a `style` attribute that may stay, in one spelling: cleaning what was cleaned changes nothing. */
export function cleanStyle(style: string): string {
  const kept: string[] = [];
  // A comment or an escape can hide a word or a separator from a reader: such a style is not read at all.
  if (style.length > LONGEST_STYLE || /\/\*|\\|@|[{}<]/.test(style)) return '';
  for (const declaration of style.split(';')) {
    const colon = declaration.indexOf(':');
    const property = declaration.slice(0, colon).trim().toLowerCase();
    if (colon < 0 || !PROPERTIES.has(property)) continue;
    // "!important" has nobody to win against: the mail's own style sheets are gone.
    let value = declaration.slice(colon + 1).toLowerCase().replace(/!\s*important/g, '').replace(/\s+/g, ' ').trim();
    if (property === 'font-family' || property === 'font') value = value.replace(/["']/g, '').trim();
    const fits = property === 'font-family' ? FAMILY.test(value) : VALUE.test(value);
    if (!fits || value === '') continue;
    if (property === 'display' && !DISPLAYS.test(value)) continue;
    // Negative margins and indents pull content over other content; a width a mile long only makes the frame scroll.
    if (/(?:^| )-/.test(value) && /^(?:margin|padding|text-indent)/.test(property)) continue;
    kept.push(`${property}:${value}`);
  }
  return kept.join(';');
}
