/**
 * A community for the loopback journal: hundreds of stories by dozens of people, and what its moderators post. All of it is made up here,
 * and the same each time; what each post is, a person who made it knows, and says so beside it.
 */
import type { PageStyle } from './pages.js';
import type { Post } from './posts.js';

/** What a story is, to somebody who made it. */
export interface MadeWork {
  title: string;
  /** As a person would name them: by the header, else by the account. */
  authors: string[];
  fandom: string;
  /** As the header has it. */
  rating: string;
  /** Running numbers of its posts, in order. */
  parts: number[];
  /** Who posted it; undefined where the account is purged. */
  poster: string | undefined;
}

export interface Community {
  posts: Post[];
  works: MadeWork[];
  /** Running numbers of posts that are no story. */
  others: number[];
}

export const MODERATORS = ['lamp_keeper', 'tide_mod'];

const FIRST =
  'Amber Brass Cedar Dusk Ember Flint Garnet Hollow Iron Juniper Kelp Linen Marble Nettle Ochre Paper Quartz Rust Slate Timber Umbrella Velvet Walnut Xylem Yarrow Zinc Barley Copper Driftwood Enamel'.split(
    ' ',
  );
const SECOND =
  'Harbour Almanac Staircase Orchard Ledger Window Compass Bridge Kettle Garden Signal Blanket Chimney Lantern Parade'.split(
    ' ',
  );
const FANDOMS: { name: string; pair: string }[] = [
  { name: 'Stargate Atlantis', pair: 'Rodney McKay/John Sheppard' },
  { name: 'Harry Potter', pair: 'Remus Lupin/Sirius Black' },
  { name: 'Supernatural', pair: 'Castiel/Dean Winchester' },
  { name: "Grey's Anatomy", pair: 'Mark Sloan/Alex Karev' },
  { name: 'The Glasshouse Line', pair: 'Odile Marsh/Bram Tolliver' },
];
const RATINGS = ['G', 'PG', 'PG-13', 'R', 'NC-17'];
const STYLES: PageStyle[] = ['modern', 'singlepost', 'core2', 'light'];
const SENTENCES = [
  'The door had been left on the latch, which nobody admitted to.',
  'There was tea, and it was terrible, and they drank all of it.',
  '“You could have written,” one of them said to the window.',
  'Rain came in from the east and stayed for the conversation.',
  'The map was wrong in three places and right about the hill.',
  'Somebody had mended the chair with string and optimism.',
  'They counted the lamps twice and got a different sum each time.',
  'Later it would be a story; for now it was a wet coat and a key.',
];

/** Accounts; the last four are names that only headers have, of people who sent their stories to a moderator. */
function authorsOf(count: number): string[] {
  const accounts = Array.from(
    { length: count - 4 },
    (_, at) => `${FIRST[at % FIRST.length]?.toLowerCase()}_${at < FIRST.length ? 'writes' : 'pens'}`,
  );
  return [...accounts, 'Ivy Quill', 'Søren Vale', 'M. Ashdown', 'Penny Farthing'];
}

/** What a part of a work is written from. */
interface Draft {
  title: string;
  number: number;
  of: number;
  authors: string[];
  named: boolean;
  fandom: (typeof FANDOMS)[number];
  rating: string;
}

/** @param authors at least 6; @param works at most 450, since titles are then all used */
export function community({ authors: people = 40, works: count = 450 } = {}): Community {
  const names = authorsOf(people);
  const made: Community = { posts: [], works: [], others: [] };
  const add = (post: Omit<Post, 'itemid' | 'anum' | 'at' | 'style'>): number => {
    const itemid = made.posts.length + 1;
    const at = new Date(Date.UTC(2005, 0, 1, 12) + itemid * 86_400_000).toISOString().slice(0, 16);
    made.posts.push({ itemid, anum: (itemid * 37) % 256, at, style: STYLES[itemid % 4] as PageStyle, ...post });
    return itemid;
  };
  for (let at = 0; at < count; at++) {
    if (at % 12 === 0) made.others.push(add(moderatorsPost(at / 12)));
    const work = draft(at, names);
    const mine = { ...work, parts: [] as number[] };
    for (let part = 1; part <= work.of; part++) mine.parts.push(add(storyPost({ ...work, number: part }, work, at)));
    const { title, authors, parts, poster, rating } = mine;
    made.works.push({ title, authors, fandom: work.fandom.name, rating, parts, poster });
  }
  return made;
}

type Planned = Draft & { poster: string | undefined; deleted: boolean };

/** Each author in turn; every forty-fifth is by two, every fortieth by somebody whose account is gone. */
function draft(at: number, names: readonly string[]): Planned {
  const author = names[at % names.length] as string;
  const second = at % 45 === 44 ? (names[(at + 1) % names.length] as string) : undefined;
  const isAccount = /^[a-z_]+$/.test(author);
  const isPurged = isAccount && at % 39 === 38;
  return {
    title: `${FIRST[at % FIRST.length]} ${SECOND[(Math.floor(at / FIRST.length) + at) % SECOND.length]}`,
    number: 1,
    of: at % 15 === 7 ? 3 : 1,
    authors: second ? [author, second] : [author],
    // an account's own post need not say whose it is
    named: !isAccount || isPurged || second !== undefined || at % 3 === 0,
    fandom: FANDOMS[at % FANDOMS.length] as Draft['fandom'],
    rating: RATINGS[at % RATINGS.length] as string,
    poster: isPurged ? undefined : isAccount ? author : MODERATORS[at % 2],
    deleted: isAccount && at % 31 === 30,
  };
}

function storyPost(
  part: Draft,
  { poster, deleted }: Planned,
  at: number,
): Omit<Post, 'itemid' | 'anum' | 'at' | 'style'> {
  const { title, number, of, fandom } = part;
  const mark = of > 1 ? ` (${number}/${of})` : '';
  const subject = [`Fic: ${title}${mark}`, `${title}${mark} [${fandom.name}]`, `${title}${mark}`][at % 3] as string;
  const story = [0, 1, 2, 3].map((line) => SENTENCES[(at * 3 + number + line * 5) % SENTENCES.length]);
  const text = `${story.join('<br /><br />')}<br /><br />It was the night of the ${title.toLowerCase()}, ${at + 1} of them in all, and page ${number}.`;
  return {
    subject,
    tags: ['fic', `fandom: ${fandom.name.toLowerCase()}`],
    poster: poster ?? null,
    ...(deleted && { deleted }),
    is: 'fic',
    body: `${headerOf(part, at)}<a name="cutid1"></a>${text}`,
  };
}

/** In one of the forms that people's headers have. */
function headerOf({ title, number, of, authors, named, fandom, rating }: Draft, at: number): string {
  const mark = of > 1 ? ` (${number}/${of})` : '';
  const by = authors.map((name) => (/^[a-z_]+$/.test(name) && at % 2 === 0 ? `<lj user="${name}">` : name)).join(' & ');
  const rows: [string, string][] = [
    ['Title', `${title}${mark}`],
    ...(named ? ([[authors.length > 1 ? 'Authors' : 'Author', by]] as [string, string][]) : []),
    ['Fandom', fandom.name],
    ['Pairing', fandom.pair],
    ['Rating', rating],
    ['Summary', `What the ${title.toLowerCase()} was for.`],
  ];
  const forms: ((label: string, value: string) => string)[] = [
    (label, value) => `<b>${label}:</b> ${value}<br />`,
    (label, value) => `${label}: ${value}<br />`,
    (label, value) => `<strong>${label}</strong>: ${value}<br />`,
    (label, value) => `<i>${label}</i> - ${value}<br />`,
  ];
  if (at % 5 === 4)
    return `<table>${rows.map(([label, value]) => `<tr><td><b>${label}</b></td><td>${value}</td></tr>`).join('')}</table><br />`;
  const form = forms[at % 4] as (label: string, value: string) => string;
  return `${rows.map(([label, value]) => form(label, value)).join('')}<br />`;
}

const LABELS = ['Title', 'Author', 'Fandom', 'Pairing', 'Rating', 'Summary'];

/** Rules, lists, calls and news, in turn; none of them is a story, whatever labels it shows. */
function moderatorsPost(turn: number): Omit<Post, 'itemid' | 'anum' | 'at' | 'style'> {
  const template = (value: (label: string) => string, end = '<br />') =>
    LABELS.map((label) => `<b>${label}:</b> ${value(label)}${end}`).join('');
  const posts: [string, string, string[]?][] = [
    [
      'Please read before you post',
      `Welcome! One story a day, behind a cut, with this at its top:<br /><br />${template(() => '')}<br />Subject line: Title, Fandom, Rating. Posts without a header will be sent back to you, kindly.`,
    ],
    [
      'How we write headers here',
      `Copy it from the box.<br /><textarea rows="8" cols="40">${LABELS.map((label) => `${label}: `).join('\n')}</textarea><br />Questions go below.`,
    ],
    [
      'Header, version three',
      `<blockquote>${template((label) => `[your ${label.toLowerCase()}]`)}</blockquote>Fill in all of it, please. Ratings from G to NC-17; warnings where they are due.`,
    ],
    [
      'Subject lines',
      'Subject line format: Fandom, Pairing, Rating.<br />For example: “Atlantis, Rodney/John, PG”.<br />Tags are added by us. If yours is missing, comment here.',
    ],
    [
      'Our tags',
      `<ul>${FANDOMS.map(({ name }) => `<li>fandom: ${name.toLowerCase()}</li>`).join('')}<li>rating: g</li><li>rating: pg</li><li>rating: r</li><li>pairing: odile/bram</li></ul>`,
    ],
    [
      'Challenge 7: Weather',
      'This month’s word is weather. Anything from a hundred words up, any fandom, any rating. Post by the last day of the month, and say in your subject which challenge it is for.',
    ],
    [
      'Round-up of the week',
      `What was posted:<br />${[1, 2, 3].map((at) => `<a href="http://example.org/${at}">${FIRST[at]} ${SECOND[at]}</a> by ${FIRST[at]?.toLowerCase()}_writes (PG)`).join('<br />')}<br />Go and leave them a word.`,
    ],
    [
      'Hello from a new member',
      'I have been reading for a year and thought that I should say so. I like lamps, long stories and short chapters. My favourite pairing is Odile/Bram. See you around!',
    ],
    [
      'Affiliates',
      `We are friends with <a href="http://example.org/a">a house of maps</a> and <a href="http://example.org/b">the tea shelf</a>. Comment to be listed.`,
    ],
    [
      'Title: how to choose one',
      `<pre>${LABELS.map((label) => `${label}: <your ${label.toLowerCase()}>`.replaceAll('<', '&lt;').replaceAll('>', '&gt;')).join('\n')}</pre>This is the form; what you put there is yours.`,
    ],
    [
      'New moderator',
      'Please welcome tide_mod, who will look after the queue on weekends. Write to either of us with anything that is on your mind.',
    ],
    [
      'Fic search: the one with the ferry',
      'Somebody asks: there was a ferry, and a letter that came too late, and one of them was a baker. Rating PG or so. Does anybody know it?',
    ],
  ];
  const [subject, body, tags] = posts[turn % posts.length] as (typeof posts)[number];
  return {
    subject,
    body,
    tags: tags ?? (turn % 2 === 0 ? ['!mod post'] : []),
    poster: MODERATORS[turn % 2] as string,
    is: 'other',
  };
}
