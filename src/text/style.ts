/** The few things that a `style` says which have a meaning: emphasis and alignment. Colour, size and face are dropped. */

export interface StyleMeaning {
  /** Marks to add, outermost first. */
  add: string[];
  /** Marks that end here: `<i>… <span style="font-style: normal">`. */
  remove: string[];
  align?: Align;
  hidden: boolean;
}
/** `left` (and `justify`) end an alignment that an outer element set. */
export type Align = 'center' | 'right' | 'left';

/** @returns undefined where the style says nothing that matters */
export function readStyle(style: string): StyleMeaning | undefined {
  const meaning: StyleMeaning = { add: [], remove: [], hidden: false };
  for (const declaration of style.toLowerCase().split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const value = declaration
      .slice(colon + 1)
      .replace('!important', '')
      .trim();
    PROPERTIES[declaration.slice(0, colon).trim()]?.(value, meaning);
  }
  const { add, remove, align, hidden } = meaning;
  return add.length || remove.length || align || hidden ? meaning : undefined;
}

/** An `align` attribute or a `text-align`; anything unknown says nothing. */
export function readAlign(value: string): Align | undefined {
  return ALIGNMENTS[value.trim().toLowerCase()];
}

const ALIGNMENTS: Record<string, Align> = {
  center: 'center',
  middle: 'center',
  '-webkit-center': 'center',
  '-moz-center': 'center',
  right: 'right',
  end: 'right',
  left: 'left',
  start: 'left',
  justify: 'left',
};

const PROPERTIES: Record<string, (value: string, meaning: StyleMeaning) => void> = {
  'font-style': (value, { add, remove }) => {
    if (value.startsWith('italic') || value.startsWith('oblique')) add.push('i');
    else if (value === 'normal') remove.push('i', 'em', 'cite', 'dfn', 'var');
  },
  'font-weight': (value, { add, remove }) => {
    const weight = value === 'bold' || value === 'bolder' ? 700 : value === 'normal' ? 400 : Number.parseInt(value, 10);
    if (weight >= 600) add.push('b');
    else if (weight > 0) remove.push('b', 'strong');
  },
  // `font: italic bold 12px Arial` says both; what it leaves out it sets back, which nobody means.
  font: (value, { add }) => {
    // Behind the size stand the families, and one may be called "Bold Face".
    const words = (/^(.*?)(?:^|\s)[\d.]+(?:[a-z]|%)/.exec(value)?.[1] ?? value).split(/\s+/);
    if (words.includes('italic') || words.includes('oblique')) add.push('i');
    if (words.includes('bold') || words.includes('bolder') || words.some((word) => /^[6-9]00$/.test(word)))
      add.push('b');
  },
  'text-decoration': decorate,
  'text-decoration-line': decorate,
  'vertical-align': (value, { add }) => {
    if (value === 'super') add.push('sup');
    else if (value === 'sub') add.push('sub');
  },
  'text-align': (value, meaning) => {
    const align = readAlign(value);
    if (align) meaning.align = align;
  },
  display: (value, meaning) => {
    if (value === 'none') meaning.hidden = true;
  },
};

function decorate(value: string, { add }: StyleMeaning): void {
  const words = value.split(/\s+/);
  if (words.includes('underline')) add.push('u');
  if (words.includes('line-through')) add.push('s');
}
