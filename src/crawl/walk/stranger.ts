/** Whether a page was made for somebody who is not logged in, by the marks that `config/sites.yaml` knows. */
import { Parser } from 'htmlparser2';
import type { SiteConfig } from '../../config/sites.js';

export type LoggedOut = NonNullable<SiteConfig['loggedOut']>;

/** A mark counts where the site writes it, in a script or on the body: an author may write the same words in a post. */
export function isForStranger(body: Uint8Array, { bodyClasses, scriptWords }: LoggedOut): boolean {
  const html = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  // Spares the parser nearly every page of somebody who is logged in.
  if (![...bodyClasses, ...scriptWords].some((mark) => html.includes(mark))) return false;
  let found = false;
  let script: string[] | undefined;
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (name === 'script') script = [];
      if (name !== 'body') return;
      const classes = (attributes.class ?? '').split(/\s+/);
      found ||= bodyClasses.some((mark) => classes.includes(mark));
    },
    ontext: (text) => {
      script?.push(text);
    },
    onclosetag: (name) => {
      if (name !== 'script' || !script) return;
      const text = script.join('');
      script = undefined;
      found ||= scriptWords.some((words) => text.includes(words));
    },
  });
  parser.end(html);
  return found;
}
