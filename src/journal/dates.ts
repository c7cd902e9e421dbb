/**
 * Local dates as these sites print them, in any layout's form and several languages.
 *
 * Facts: modern LiveJournal "January 20 2012, 13:21"; b-singlepost and S1 "2012-01-20 10:49:00"; S2 "Jan. 20th, 2012|01:21 pm",
 * "8th Oct. 2004 08:04 pm"; light reading copies "Jan 20, 2012 13:21"; Dreamwidth "Friday, November 11th, 2005 11:11 am", "11/11/05 11:11",
 * "11:11am on 11/11/2005"; Russian "20 января 2012, 13:21".
 */

/** Month name, lower case and without its full stop → 1 to 12. */
export type Months = ReadonlyMap<string, number>;

export function monthsOf(lists: Record<string, readonly string[]>): Months {
  const months = new Map<string, number>();
  for (const list of Object.values(lists)) {
    for (const [index, name] of list.entries())
      if (!months.has(name.toLowerCase())) months.set(name.toLowerCase(), index + 1);
  }
  return months;
}

export interface DateHints {
  months: Months;
  /** Addresses linked from the date: `/2005/11/11/` says what "11/11/05" leaves open. */
  links?: readonly string[];
  /** How this layout orders numbers: 20/01/2012 or 01/20/2012. Asked only where both could be. */
  order?: 'dmy' | 'mdy';
}

interface Day {
  year: number;
  month: number;
  day: number;
}

/**
 * A printed date → `YYYY-MM-DDTHH:MM:SS`, or undefined. A date without a time is that day's midnight.
 * A zone is passed over: the sites print local time and call it what they like.
 */
export function readDate(text: string, hints: DateHints): string | undefined {
  const plain = text.replace(/\s+/g, ' ').slice(0, 300).toLowerCase();
  const day = dayOfLinks(hints.links ?? []) ?? dayOf(withoutTime(plain), hints);
  return day && isDay(day) ? `${day.year}-${two(day.month)}-${two(day.day)}T${timeOf(plain) ?? '00:00:00'}` : undefined;
}

/** Whether a printed date says the time as well. */
export function saysTime(text: string): boolean {
  return timeOf(text.toLowerCase()) !== undefined;
}

/** The epoch of a local wall-clock time taken as UTC, in seconds (LiveJournal's `eventtime`). */
export function dateOfEpoch(seconds: number): string | undefined {
  if (!Number.isFinite(seconds) || seconds <= 0 || seconds > 4e9) return undefined;
  return new Date(seconds * 1000).toISOString().slice(0, 19);
}

const TIME = /(?:^|[^\d:])(\d{1,2}):(\d\d)(?::(\d\d))?(?:\s*([ap])\.?\s?m\b\.?)?/;

function timeOf(text: string): string | undefined {
  const found = TIME.exec(text);
  if (!found) return undefined;
  const [, hourText, minute, second = '00', half] = found;
  let hour = Number(hourText);
  if (half === 'p' && hour < 12) hour += 12;
  if (half === 'a' && hour === 12) hour = 0;
  return hour < 24 && Number(minute) < 60 && Number(second) < 60 ? `${two(hour)}:${minute}:${second}` : undefined;
}

function withoutTime(text: string): string {
  return text.replace(new RegExp(TIME, 'g'), ' ');
}

function dayOf(text: string, hints: DateHints): Day | undefined {
  const iso = /(?:^|\D)((?:19|20)\d\d)\s?[-./]\s?(\d{1,2})\s?[-./]\s?(\d{1,2})(?!\d)/.exec(text);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
  return named(text, hints.months) ?? numbered(text, hints.order);
}

/** "8th oct. 2004", "january 20 2012", "20 января 2012 г." */
function named(text: string, months: Months): Day | undefined {
  const words = text.match(/\d+|\p{L}+/gu) ?? [];
  const at = words.findIndex((word) => months.has(word));
  if (at < 0) return undefined;
  const month = months.get(words[at] as string) as number;
  const numbers = words
    .map((word, index) => ({ word, far: Math.abs(index - at) }))
    .filter(({ word }) => /^\d+$/.test(word))
    .sort((a, b) => a.far - b.far);
  const year = numbers.find(({ word }) => /^(19|20)\d\d$/.test(word));
  const day = numbers.find(({ word }) => word.length <= 2 && Number(word) >= 1 && Number(word) <= 31);
  if (!day) return undefined;
  if (year) return { year: Number(year.word), month, day: Number(day.word) };
  const short = numbers.find((number) => number !== day && number.word.length === 2);
  return short && { year: fullYear(short.word), month, day: Number(day.word) };
}

/** "11/11/05", "20.01.2012": a full stop is never American. */
function numbered(text: string, order: DateHints['order']): Day | undefined {
  const found = /(?:^|\D)(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)(?!\d)/.exec(text);
  if (!found) return undefined;
  const [, first, mark, second, yearText] = found as unknown as [string, string, string, string, string];
  const [a, b] = [Number(first), Number(second)];
  const year = fullYear(yearText);
  const dayFirst = a > 12 || (b <= 12 && (mark === '.' || order === 'dmy'));
  return dayFirst ? { year, month: b, day: a } : { year, month: a, day: b };
}

function dayOfLinks(links: readonly string[]): Day | undefined {
  for (const link of links) {
    const found = /\/((?:19|20)\d\d)\/(\d\d)\/(\d\d)\/?(?:$|[?#])/.exec(link);
    if (found) return { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) };
  }
  return undefined;
}

/** These sites began in 1999. */
function fullYear(text: string): number {
  const year = Number(text);
  return text.length === 4 ? year : year >= 90 ? 1900 + year : 2000 + year;
}

function isDay({ year, month, day }: Day): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1970 && year < 2100 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
