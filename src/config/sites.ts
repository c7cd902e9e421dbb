import { z } from 'zod';

/**
 * `config/sites.yaml`: what is known of the journal sites. Words, selectors and address templates only.
 *
 * Templates are plain text with names in braces: `{user}` is a journal's name as a host or account
 * part (`_` written `-`), `{journal}` the name as it is, `{number}` the ditemid, `{dir}` prev or next,
 * `{domain}` the matched base domain, `{year}` `{month}` `{day}` `{name}` the parts of a named address.
 */
export const SiteConfig = z.strictObject({
  /** For people: "Dreamwidth". */
  name: z.string(),
  /** Host patterns. `*.dreamwidth.org` matches the domain itself and every host below it. */
  hosts: z.array(z.string().regex(/^(\*\.)?[a-z0-9.-]+$/, 'a host such as "*.dreamwidth.org"')).min(1),
  scheme: z.enum(['http', 'https']).default('https'),
  /** Where to connect instead of where the names point, for a server of one's own on loopback. */
  server: z.strictObject({ host: z.string(), port: z.number().int().min(1).max(65535) }).optional(),
  /** Every form in which an entry's or journal's address may be written; the first entry form is the plain one. */
  addresses: z.strictObject({
    entry: z.array(z.string()).min(1),
    journal: z.array(z.string()).min(1),
    /** Forms with neither journal nor number that still belong to the site (never asked for). */
  }),
  /** The address that leads to a neighbour, for sites that have one; `""` where pages must be read for links. */
  go: z.string().default(''),
  /** Query strings to ask an entry for, best first; `""` is the plain page. */
  views: z.array(z.string()).min(1).default(['']),
  /** Paths through which a login hops with the session in the address: followed, never stored. */
  sessionHops: z.array(z.string()).default([]),
  /** Cookies that declare adulthood, for sites that take a cookie in place of a form. */
  adultCookies: z.record(z.string(), z.string()).default({}),
  /** Pause after each response, in seconds. */
  pause: z.number().positive(),
  /** Longest single wait that is honoured before the run stops (exit 3), in seconds. */
  longestWait: z.number().positive().default(900),
  /** Names of layouts in `layouts`, in the order in which they are tried. */
  layouts: z.array(z.string()).min(1),
});
export type SiteConfig = z.infer<typeof SiteConfig>;

const Selector = z.string().min(1);

/** How one layout shows an entry. Selectors are CSS; where several are given the first that matches wins. */
export const LayoutConfig = z.strictObject({
  /** The page is of this layout when this matches. */
  mark: Selector,
  body: Selector,
  /** Where the body ends when its element holds more than the body: the first match and all after it go. */
  bodyEnd: Selector.optional(),
  /** Cut out of the body: navigation, share bars, metadata. */
  strip: z.array(Selector).default([]),
  subject: z.array(Selector).default([]),
  date: z.array(Selector).default([]),
  poster: z.array(Selector).default([]),
  journal: z.array(Selector).default([]),
  tags: z.array(Selector).default([]),
  mood: z.array(Selector).default([]),
  music: z.array(Selector).default([]),
  location: z.array(Selector).default([]),
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
  title: z.array(z.string()).optional(),
  selector: Selector.optional(),
  /** Any of these stands in the page's text (looked for in the first 20,000 characters). */
  text: z.array(z.string()).optional(),
});
export type NoticeConfig = z.infer<typeof NoticeConfig>;

export const SitesFile = z.strictObject({
  sites: z.record(z.string(), SiteConfig),
  layouts: z.record(z.string(), LayoutConfig),
  notices: z.array(NoticeConfig),
  /** Month names, weekday noise and the like for reading dates, by language. */
  months: z.record(z.string(), z.array(z.string()).length(12)),
  /** What sites write where there is no subject: "(no subject)". */
  noSubject: z.array(z.string()),
  /** Link texts that mean the previous and the next entry. */
  captions: z.strictObject({ previous: z.array(z.string()), next: z.array(z.string()) }),
});
export type SitesFile = z.infer<typeof SitesFile>;
