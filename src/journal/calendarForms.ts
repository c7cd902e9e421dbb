/** The forms in which addresses of a calendar's pages are written: a path behind any form of a journal's address. */
import type { SiteConfig } from '../config/sites.js';
import { compileTemplate, fillTemplate, matchTemplate, type Template, type TemplateValues } from './template.js';

type Paths = NonNullable<SiteConfig['calendar']>;

export interface CalendarForm {
  template: Template;
  /** The date that its pages show, as a template: `{year}-{month}` and its like. */
  date: string;
}

/** Every form of a calendar's page behind every form of a journal's address. */
export function calendarForms(journals: readonly string[], calendar: Paths | undefined): CalendarForm[] {
  if (!calendar) return [];
  const dates = { years: '', year: '{year}', month: '{year}-{month}', day: '{year}-{month}-{day}' };
  return (Object.keys(dates) as (keyof typeof dates)[]).flatMap((span) =>
    calendar[span].flatMap((path) =>
      journals.map((journal) => ({
        template: compileTemplate(`${journal.replace(/\/$/, '')}/${path}`),
        date: dates[span],
      })),
    ),
  );
}

/** The plain path of a page behind its journal's address. @param date `2012-01`, `2012`, or `''` for the way in */
export function calendarPath({ years, year, month }: Paths, date: string): string {
  const [yyyy, mm] = date.split('-');
  const [path = ''] = mm ? month : yyyy ? year : years;
  return fillTemplate(path, { year: yyyy, month: mm });
}

/** Which page an address is, and whose: its names as the address has them. */
export function matchCalendar(
  forms: readonly CalendarForm[],
  url: URL,
  domain: string,
  reserved: readonly string[],
): (Pick<TemplateValues, 'user' | 'journal'> & { date: string }) | undefined {
  for (const { template, date } of forms) {
    const values = matchTemplate(template, url, domain);
    if (!values || reserved.includes(values.user ?? '')) continue;
    return { user: values.user, journal: values.journal, date: fillTemplate(date, values) };
  }
  return undefined;
}
