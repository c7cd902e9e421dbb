/** Dates as the importer reads them in a page. */

/** What makes the whole import of a page fail. */
export class ImportFailure extends Error {}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/**
 * A date of a page as `YYYY-MM-DD`, day first: "05/06/2009" is the fifth of June. Blank where it can't be read, names no
 * day of the calendar, or lies ahead of `today`. Digits alone are taken for seconds, and that fails.
 *
 * The forms beside ISO and the day-first ones are those of Ruby's date parser, as far as authors write them.
 */
export function readDate(value: string, today: string): string {
  const text = value.trim();
  if (/^\d+$/.test(text)) throw new ImportFailure(`"${text}" can't be read as a date.`);
  const day = parts(text);
  if (!day) return '';
  const date = new Date(Date.UTC(day[0], day[1] - 1, day[2]));
  const iso = date.toISOString().slice(0, 10);
  const real = date.getUTCMonth() === day[1] - 1 && date.getUTCDate() === day[2];
  return real && iso <= today ? iso : '';
}

function parts(text: string): [number, number, number] | undefined {
  const numbers = (hit: RegExpExecArray | null) => hit?.slice(1).map(Number) as [number, number, number] | undefined;
  const iso = numbers(/(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/.exec(text));
  if (iso) return iso;
  const dayFirst = numbers(/(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)/.exec(text));
  if (dayFirst) return [dayFirst[2], dayFirst[1], dayFirst[0]];
  // Three short numbers are year, month, day.
  const short = numbers(/(?<!\d)(\d{2})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/.exec(text));
  if (short) return [short[0] < 69 ? 2000 + short[0] : 1900 + short[0], short[1], short[2]];
  return named(text.toLowerCase());
}

/** "May 6th, 2009", "6 May 2009", "May 2009". */
function named(text: string): [number, number, number] | undefined {
  const hit = new RegExp(`\\b(${MONTHS.join('|')})[a-z]*`).exec(text);
  const year = /(?<!\d)\d{4}(?!\d)/.exec(text)?.[0];
  if (!hit || !year) return undefined;
  const day = /(?<!\d)\d{1,2}(?=(st|nd|rd|th)?\b)(?!\d|:)/.exec(text)?.[0];
  return [Number(year), MONTHS.indexOf(hit[1] as string) + 1, Number(day ?? 1)];
}
