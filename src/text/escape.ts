/** Text and attributes as HTML writes them. */
/** Text for HTML; the no-break space as a reference, so that people see it and editors keep it. */
export function escapeText(text: string): string {
  if (!/[&<>\u00a0]/.test(text)) return text;
  return text.replace(/[&<>\u00a0]/g, (char) => REFERENCES[char] as string);
}

export function escapeAttribute(value: string): string {
  return value.replace(/[&<>"\u00a0]/g, (char) => REFERENCES[char] as string);
}

const REFERENCES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\u00a0': '&nbsp;',
};
