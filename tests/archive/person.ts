/**
 * Somebody who fills one form of the stand-in without a browser: takes a page's form as it is, changes fields that are
 * there, presses a button. What a form does not offer can't be entered, so that wrong names are noticed.
 */
import { type CheerioAPI, load } from 'cheerio';
import type { Element as Field } from 'domhandler';

/** By field name. A list for `name[]`; true and false for a box; for choices and radios a value or the text beside it. */
export type Answers = Record<string, string | boolean | readonly string[]>;

export interface Submitted {
  /** Where the form led, after redirects. */
  url: string;
  status: number;
  html: string;
  /** What an error box or a flash on the page says, a line each. */
  errors: string[];
}

/** Opens `address`, fills in the form that has this button, and presses it. */
export async function submitForm(address: string, answers: Answers, button: string): Promise<Submitted> {
  const page = load(await (await fetch(address)).text());
  const form = page(`form:has([type=submit][name="${button}"])`).first();
  if (form.length === 0) throw new Error(`${address} has no form with a button "${button}"`);
  const sent = new URLSearchParams();
  const fields = form.find('input, select, textarea').toArray();
  const names = new Set(fields.map((field) => page(field).attr('name')));
  for (const name of Object.keys(answers)) if (!names.has(name)) throw new Error(`${address} has no field "${name}"`);
  for (const field of fields) {
    const name = page(field).attr('name');
    if (name === undefined || page(field).attr('type') === 'submit') continue;
    const value = sentBy(page, field, answers[name]);
    if (value !== undefined) sent.append(name, value);
  }
  sent.append(button, form.find(`[name="${button}"]`).attr('value') ?? '');
  const answer = await fetch(new URL(form.attr('action') ?? '', address), { method: 'POST', body: sent });
  const html = await answer.text();
  const result = load(html);
  const errors = result('#error li, .flash.error dd')
    .toArray()
    .map((item) => result(item).text().trim());
  const plain = result('.flash.error').not(':has(dd)').text().trim();
  return { url: answer.url, status: answer.status, html, errors: plain === '' ? errors : [...errors, plain] };
}

/** What the field sends; undefined where it sends nothing. */
function sentBy(page: CheerioAPI, field: Field, answer: Answers[string] | undefined): string | undefined {
  const one = page(field);
  const value = one.attr('value') ?? '';
  const type = one.is('select') ? 'select' : one.is('textarea') ? 'textarea' : one.attr('type');
  if (type === 'hidden') return value;
  if (type === 'checkbox' || type === 'radio') {
    const ticked = answer === undefined ? one.is('[checked]') : chosen(page, field, value, answer);
    return ticked ? value : undefined;
  }
  if (type === 'select') return option(page, field, answer);
  const held = type === 'textarea' ? one.text() : value;
  // As a browser sends newlines.
  return String(answer ?? held).replace(/\r\n?|\n/g, '\r\n');
}

function chosen(page: CheerioAPI, field: Field, value: string, answer: Answers[string]): boolean {
  if (typeof answer === 'boolean') return answer;
  const wanted = typeof answer === 'string' ? [answer] : answer;
  return wanted.includes(value) || wanted.includes(page(`label[for="${page(field).attr('id')}"]`).text());
}

function option(page: CheerioAPI, field: Field, answer: Answers[string] | undefined): string {
  const options = page(field).find('option').toArray();
  if (answer === undefined)
    return page(options.find((one) => page(one).is('[selected]')) ?? options[0] ?? '').attr('value') ?? '';
  const hit = options.find((one) =>
    [page(one).attr('value'), page(one).text(), page(one).attr('lang')].includes(String(answer)),
  );
  if (!hit) throw new Error(`"${answer}" is not among the choices of ${page(field).attr('name')}`);
  return page(hit).attr('value') ?? '';
}
