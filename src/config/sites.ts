import { z } from 'zod';

const Template = z
  .string()
  .regex(
    /^([^{}\s]|\{(domain|user|journal|number|dir|year|month|day|name|address)\})+$/,
    'an address with names in braces, such as "{user}.{domain}/{number}.html"',
  );

/**
 * `config/sites.yaml`: what is known of the journal sites. Words, selectors and address templates only.
 *
 * Templates are plain text with names in braces: `{user}` is a journal's name as a host or account
 * part (`_` written `-`), `{journal}` the name as it is, `{number}` the ditemid, `{dir}` prev or next,
 * `{domain}` the matched base domain, `{year}` `{month}` `{day}` `{name}` the parts of a named address,
 * `{address}` another address. They have no scheme; `www.` before a host never matters when an address
 * is read, and the parts after `?` may stand in any order among others.
 */
export const SiteConfig = z.strictObject({
  /** For people: "Dreamwidth". */
  name: z.string(),
  /** Host patterns. `*.dreamwidth.org` matches the domain itself and every host below it. */
  hosts: z.array(z.string().regex(/^(\*\.)?[a-z0-9.-]+$/, 'a host such as "*.dreamwidth.org"')).min(1),
  scheme: z.enum(['http', 'https']).default('https'),
  /** Where to connect instead of where the names point, for a server of one's own on loopback. */
  server: z.strictObject({ host: z.string(), port: z.number().int().min(1).max(65535) }).optional(),
  /** Every form in which an entry's or journal's address may be written; the first of each is the plain one. */
  addresses: z.strictObject({
    entry: z.array(Template).min(1),
    journal: z.array(Template).min(1),
    /** Further forms of `go` that are understood. */
    go: z.array(Template).default([]),
    /** Forms for names that start or end with `_`, which no host name can. */
    edge: z.strictObject({ entry: Template, journal: Template }).optional(),
    /** Forms for communities, where they stand on a host of their own and nowhere else. */
    community: z.strictObject({ entry: Template, journal: Template }).optional(),
    /** Pages that only lead on to `{address}`: links out of an entry are wrapped in them. */
    away: z.array(Template).default([]),
  }),
  /** First parts of host names that are the site's own and no journal's: `www`, `users`. */
  reserved: z.array(z.string()).default([]),
  /** Parameters that change how a page looks and not what it is: `format`, `nc`. */
  viewParameters: z.array(z.string()).default([]),
  /** Of those, the ones that lead to the comments below an entry, or to one of them. */
  commentParameters: z.array(z.string()).default([]),
  /** The address that leads to a neighbour, for sites that have one; `""` where pages must be read for links. */
  go: z.union([Template, z.literal('')]).default(''),
  /**
   * The pages of a journal's calendar, as paths behind the journal's own address; the first form of each is the one that is asked for
   * where no page links another. `years` is the way in. Absent where a site has no calendar.
   */
  calendar: z
    .strictObject({
      years: z.array(Template).min(1),
      year: z.array(Template).min(1),
      month: z.array(Template).min(1),
      day: z.array(Template).min(1),
    })
    .optional(),
  /** Query strings to ask an entry for, best first; `""` is the plain page. */
  views: z.array(z.string()).min(1).default(['']),
  /** Paths through which a login hops with the session in the address: followed, never stored. */
  sessionHops: z.array(z.string()).default([]),
  /** Cookies that declare adulthood, for sites that take a cookie in place of a form. */
  adultCookies: z.record(z.string(), z.string()).default({}),
  /** How a page shows that it was made for somebody who is not logged in; absent where nothing sure is known. */
  loggedOut: z
    .strictObject({
      /** Classes of the `body`. */
      bodyClasses: z.array(z.string().min(1)).default([]),
      /** Words in a script of the page. */
      scriptWords: z.array(z.string().min(1)).default([]),
    })
    .optional(),
  /** Pause after each response, in seconds. */
  pause: z.number().positive(),
  /** Longest single wait that is honoured before the run stops (exit 3), in seconds. */
  longestWait: z.number().positive().default(900),
  /** Names of layouts in `layouts`, in the order in which they are tried. */
  layouts: z.array(z.string()).min(1),
});
export type SiteConfig = z.infer<typeof SiteConfig>;

/**
 * A CSS selector. `:has()` may stand at the end of an alternative and holds one simple selector, with one combinator or none:
 * `div:has(> table)`. (General ones recurse over the depth of the page in the library, and pages nest thousands deep.)
 */
const Selector = z
  .string()
  .min(1)
  .refine(
    (text) => !text.includes(':has(') || splitHas(text) !== undefined,
    'a CSS selector with nothing but one simple ":has()" at its end',
  );

/** A selector's alternative without its `:has()`, and what that asks. */
export interface Alternative {
  selector: string;
  has?: { combinator: '' | '>' | '+' | '~'; selector: string };
}

/** The alternatives of a selector with `:has()`; undefined where one stands elsewhere than at an end or holds more than a simple selector. */
export function splitHas(selector: string): Alternative[] | undefined {
  const result: Alternative[] = [];
  for (const text of selector.split(',').map((part) => part.trim())) {
    const [, base, combinator = '', inner] =
      /^(.+?):has\(\s*([>+~]?)\s*((?:[^\s>+~():[\]]|\[[^\]]*\])+)\s*\)$/.exec(text) ?? [];
    if (base && inner && !base.includes(':has(')) {
      result.push({ selector: base, has: { combinator: combinator as '' | '>' | '+' | '~', selector: inner } });
    } else if (text.includes(':has(')) return undefined;
    else result.push({ selector: text });
  }
  return result;
}

/** How one layout shows an entry. Selectors are CSS; where several are given the first that matches wins. */
export const LayoutConfig = z.strictObject({
  /** The page is of this layout when this matches. */
  mark: Selector,
  /** The element that holds the body; the first that matches. */
  body: z.array(Selector).min(1),
  /**
   * What follows the body in the page. The body ends before the first match after its start, be that
   * inside its element (which holds more than the body, or was left open by a tag the author never closed)
   * or behind it (the author closed one tag too many).
   */
  bodyEnd: z.array(Selector).default([]),
  /** A subject or metadata at the very start of the body's element: the body begins behind them. */
  bodyAfter: z.array(Selector).default([]),
  /** Cut out of the body: navigation, share bars, metadata. */
  strip: z.array(Selector).default([]),
  subject: z.array(Selector).default([]),
  /** Read alone where the first that matches says day and time, else the texts of all that match together. */
  date: z.array(Selector).default([]),
  /** How this layout orders the numbers of a date where both could be: 20/01/2012 or 01/20/2012. */
  dateOrder: z.enum(['dmy', 'mdy']).default('mdy'),
  /** Elements that hold account tags. */
  poster: z.array(Selector).default([]),
  tags: z.array(Selector).default([]),
  mood: z.array(Selector).default([]),
  music: z.array(Selector).default([]),
  location: z.array(Selector).default([]),
  /** Elements with lines such as "Current Mood: cheerful", for what `mood`, `music` and `location` do not find. */
  currents: z.array(Selector).default([]),
  /** True where the last lines of the body may be such lines: "[ mood | cheerful ]". */
  tail: z.boolean().default(false),
  /** An element whose classes name accounts: `poster-somebody journal-fic_two`. */
  classes: Selector.optional(),
  previous: z.array(Selector).default([]),
  next: z.array(Selector).default([]),
  /** Proofs on the page. */
  public: z.array(Selector).default([]),
  restricted: z.array(Selector).default([]),
});
export type LayoutConfig = z.infer<typeof LayoutConfig>;

/** How a page that is no entry is known. All given conditions must hold; texts are compared without case. */
export const NoticeConfig = z.strictObject({
  kind: z.enum(['locked', 'gate', 'missing', 'gone', 'banned', 'end']),
  reason: z.string(),
  status: z.array(z.number().int()).optional(),
  /** The title is one of these, or holds one that is written with `*` at its start or end. */
  title: z.array(z.string()).optional(),
  selector: Selector.optional(),
  /** Any of these stands in the page's text (looked for in the first 20,000 characters). */
  text: z.array(z.string()).optional(),
  /** True for what no readable entry can hold, so that it is looked for before an entry is. */
  sure: z.boolean().default(false),
});
export type NoticeConfig = z.infer<typeof NoticeConfig>;

/** The words before a value in a list of an entry's metadata. */
const Currents = z.strictObject({
  mood: z.array(z.string()),
  music: z.array(z.string()),
  location: z.array(z.string()),
  tags: z.array(z.string()),
});

export const SitesFile = z.strictObject({
  sites: z.record(z.string(), SiteConfig),
  layouts: z.record(z.string(), LayoutConfig),
  notices: z.array(NoticeConfig),
  /** Month names, from January, by language; other forms ("января", "Jan") are further lists. */
  months: z.record(z.string(), z.array(z.string()).length(12)),
  /** What sites write where there is no subject: "(no subject)". */
  noSubject: z.array(z.string()),
  /** Link texts that mean the previous and the next entry. */
  captions: z.strictObject({ previous: z.array(z.string()), next: z.array(z.string()) }),
  /** Cut out of every body. */
  strip: z.array(Selector),
  /** Signs outside the body that an entry is not for everybody, in any layout. */
  restricted: z.array(Selector),
  /** Words in the class or id of the element that holds the body, for layouts that are not known. */
  bodyWords: z.array(z.string()),
  /** Chrome of any page, for layouts that are not known: never part of an entry. */
  chrome: z.array(Selector),
  currents: Currents,
  /** How lists of entries (recent, day, month, tag) are known, and their links to entries. */
  lists: z.array(z.strictObject({ mark: Selector, links: z.array(Selector).min(1) })),
});
export type SitesFile = z.infer<typeof SitesFile>;
