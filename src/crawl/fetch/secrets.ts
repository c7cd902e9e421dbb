/** Takes out of an answer what lets somebody in: values of login cookies that a page repeats, and addresses that carry a session. */

/** Shorter values say nothing by themselves, and stand in pages by chance. */
const SHORTEST = 8;
/** A value of a name's form and length may be the user's name, which stands on every page; no session's key is so short. */
const NAME = /^[\w-]{1,25}$/;

/** Where an address ends in a page's source: quotes, brackets, blanks, and a backslash of a script's string. */
const ENDS = new Set([...'"\'<>()\\ \t\r\n'].map((sign) => sign.charCodeAt(0)));
const BLANK = '*'.charCodeAt(0);

/**
 * @param values of login cookies
 * @param hops paths through which a login goes with the session in the query, such as `/__setdomsess`
 * @returns the same bytes where there is nothing to take out, else a copy of the same length
 */
export function withoutSecrets(body: Uint8Array, values: Iterable<string>, hops: readonly string[]): Uint8Array {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  let clean: Buffer | undefined;
  const blank = (from: number, to: number): void => {
    clean ??= Buffer.from(bytes);
    clean.fill(BLANK, from, to);
  };
  for (const value of values)
    for (const text of formsOf(value)) for (const at of found(bytes, text)) blank(at, at + text.length);
  for (const hop of hops)
    for (const query of [`${hop}?`, `${hop.replaceAll('/', '%2F')}%3F`])
      for (const at of found(bytes, query)) blank(at + query.length, endOf(bytes, at + query.length));
  return clean ?? body;
}

/** A header's value is the same. */
export function withoutSecretsIn(text: string, values: Iterable<string>): string {
  let clean = text;
  for (const value of values)
    for (const form of formsOf(value)) clean = clean.replaceAll(form, '*'.repeat(form.length));
  return clean;
}

/** As it is, and as an address may have it. Nothing where it is no key but a name, or an address. */
function formsOf(value: string): string[] {
  if (value.length < SHORTEST || NAME.test(value) || value.includes('://')) return [];
  return [...new Set([value, encodeURIComponent(value)])];
}

function* found(bytes: Buffer, text: string): Generator<number> {
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + text.length)) yield at;
}

function endOf(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && !ENDS.has(bytes[at] as number)) at++;
  return at;
}
