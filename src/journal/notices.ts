/** Pages that say why there is no entry: gates, login pages, deletions, bans, the ends of a chain. */
import type { NoticeConfig } from '../config/sites.js';
import type { GateForm, Reading } from '../model.js';
import { hrefOf } from './identity.js';
import { type Page, textOf, within } from './page.js';

/** How much of a page's text is searched: a notice is short, and chrome alone seldom fills this. */
const SEARCHED = 20_000;

/** The first notice that fits. `text` is asked for only where a notice goes by it. */
export function findNotice(
  notices: readonly NoticeConfig[],
  page: Page,
  status: number,
  text: () => string,
): Reading | undefined {
  const notice = notices.find((one) => fits(one, page, status, text));
  if (!notice) return undefined;
  if (notice.kind === 'end') return { kind: 'end' };
  const gate = notice.kind === 'gate' ? gateForm(page) : undefined;
  return { kind: notice.kind, reason: notice.reason, ...(gate ? { gate } : {}) };
}

function fits(notice: NoticeConfig, page: Page, status: number, text: () => string): boolean {
  if (notice.status && !notice.status.includes(status)) return false;
  if (notice.title && !notice.title.some((title) => isTitle(page.title, title))) return false;
  if (notice.selector && !page.has(notice.selector)) return false;
  if (!notice.text) return true;
  const searched = text().slice(0, SEARCHED);
  return notice.text.some((words) => searched.includes(words.toLowerCase()));
}

/** `Log in` is the whole title; `*Bot Policy*`, `Discretion Advised*` say where more may stand. */
function isTitle(title: string, pattern: string): boolean {
  const given = title.toLowerCase();
  const wanted = pattern.toLowerCase();
  const start = wanted.startsWith('*');
  const end = wanted.endsWith('*');
  const words = wanted.slice(start ? 1 : 0, end ? -1 : undefined);
  if (start && end) return given.includes(words);
  if (start) return given.endsWith(words);
  return end ? given.startsWith(words) : given === words;
}

/** The page's text as notices are looked for in it: lower case, one line, with straight apostrophes. */
export function noticeText(page: Page, without = ''): string {
  const body = page.tags('body')[0];
  const text = body ? textOf(body, SEARCHED + without.length) : '';
  return (without === '' ? text : text.replace(without, ' ')).toLowerCase().replaceAll('’', "'");
}

/** The form that an adult notice is answered with, its hidden fields and the button that says yes. */
function gateForm(page: Page): GateForm | undefined {
  const forms = page.tags('form');
  const form =
    forms.find((one) => /adult/i.test(one.attribs.action ?? '')) ??
    forms.find((one) => [...within(one)].some((field) => field.attribs.name === 'adult_check'));
  if (!form) return undefined;
  const fields: Record<string, string> = {};
  for (const field of within(form)) {
    const { name, value = '', type = 'text' } = field.attribs;
    if (name && (field.name === 'input' || field.name === 'button') && (type === 'hidden' || name === 'adult_check'))
      fields[name] = value;
  }
  return { action: absolute(form.attribs.action ?? '', page), fields };
}

function absolute(address: string, page: Page): string {
  const canonical = page.tags('link').find(({ attribs }) => attribs.rel === 'canonical');
  const base = page.url || (canonical ? hrefOf(canonical) : '');
  return URL.canParse(address, base || undefined) ? new URL(address, base || undefined).href : address;
}
