/** A made-up journal as the review page is told of it: a small one with a bit of everything, and one as large as is asked for. */
import type { Chapter, EntryKey, Evidence, LeftOut, Question, Work } from '../../src/model.js';
import type { PostText } from '../../src/review/model.js';

/** A work as read, before any decision. */
export interface Made {
  work: Work;
  from: Record<string, Evidence & { entry?: EntryKey }>;
  /** Goes when the field is decided. */
  doubts: { field: string; text: string }[];
}

export interface Journal {
  name: string;
  works: Made[];
  leftOut: LeftOut[];
  posts: Map<EntryKey, PostText>;
}

export const keyOf = (number: number): EntryKey => `livejournal/lampwright/${number * 256 + 9}`;
const addressOf = (number: number): string => `https://lampwright.livejournal.example/${number * 256 + 9}.html`;

interface Plan {
  /** Numbers of its posts; the first names it. */
  posts: number[];
  title: string;
  fandom?: string;
  pairing?: string;
  /** The pairing in the archive's words. */
  meant?: string;
  rating?: string;
  words?: number;
  day?: string;
  complete?: boolean;
  expected?: number;
  chapterTitles?: string[];
  questions?: Question[];
  more?: Partial<Work>;
  html?: string;
}

const RATINGS: Record<string, string> = {
  G: 'General Audiences',
  PG: 'Teen And Up Audiences',
  R: 'Mature',
  'NC-17': 'Explicit',
};

const NONE: Question = { field: 'warnings', text: 'You wrote “Warnings: none”: do no archive warnings apply?' };

/** Twelve works, with doubts, questions, chapters, a locked one, one that the archive has, and one that means harm. */
export function smallJournal(): Journal {
  const grey = { fandom: 'Grey’s Anatomy', pairing: 'Mark/Alex' };
  return journalOf([
    { ...grey, posts: [40], title: 'The Lamp Room', rating: 'R', words: 4120, day: '2008-03-02', questions: [NONE] },
    {
      ...grey,
      posts: [51, 52, 53, 54],
      title: 'The Long Tide',
      rating: 'PG',
      words: 21_340,
      day: '2008-06-14',
      complete: false,
      expected: 5,
      chapterTitles: ['Ebb', 'Slack Water', 'Interlude', 'Flood'],
      questions: [{ field: 'chapters', text: 'Part 5 of “The Long Tide” is missing: where is it?' }],
    },
    { ...grey, posts: [61], title: 'Salt on the Sill', words: 830, day: '2008-09-30', questions: [NONE] },
    {
      ...grey,
      posts: [62],
      title: 'Night Shift, Day Off',
      rating: 'PG',
      words: 2204,
      day: '2008-11-11',
      questions: [NONE],
    },
    {
      posts: [70],
      title: 'A Map of Small Rooms',
      fandom: 'Stargate Atlantis',
      pairing: 'John/Rodney',
      meant: 'Rodney McKay/John Sheppard',
      rating: 'G',
      words: 6100,
      day: '2007-02-18',
    },
    {
      posts: [71, 72],
      title: 'Winter Quarters',
      fandom: 'Stargate Atlantis',
      pairing: 'John/Rodney',
      meant: 'Rodney McKay/John Sheppard',
      rating: 'R',
      words: 15_020,
      day: '2007-12-01',
      chapterTitles: ['The Snow', 'The Thaw'],
    },
    {
      posts: [73],
      title: 'What the Gate Said',
      fandom: 'Stargate Atlantis',
      rating: 'G',
      words: 990,
      day: '2007-12-24',
    },
    { posts: [80], title: 'Three Letters Never Sent', rating: 'PG', words: 1500, day: '2009-01-05' },
    {
      posts: [81],
      title: 'The Quiet Ward',
      fandom: 'Grey’s Anatomy',
      rating: 'NC-17',
      words: 3300,
      day: '2009-02-14',
      more: { restricted: true },
    },
    {
      posts: [82],
      title: 'Harbour Lights',
      fandom: 'Original Work',
      rating: 'G',
      words: 52_000,
      day: '2009-08-08',
      more: { onArchive: { url: 'https://archive.example/works/123', how: 'title and fandom' } },
    },
    {
      posts: [90],
      title: '<img src=x onerror="window.hurt=1">',
      fandom: '<script>window.hurt=2</script>',
      rating: 'PG',
      words: 120,
      day: '2009-09-09',
      html: HOSTILE,
      more: { summary: '<b onclick="window.hurt=3">not bold</b> & "quoted"' },
    },
    { posts: [91], title: '', fandom: 'Original Work', rating: 'G', words: 60 },
  ]);
}

/** What no page may run or ask for. */
export const HOSTILE = [
  '<p onclick="window.hurt=4">First <em onmouseover="window.hurt=5">words</em>.</p>',
  '<img src="https://elsewhere.example/p.gif" alt="a lamp" onerror="window.hurt=6">',
  '<p><a href="javascript:window.hurt=7">a link</a> and <a href="https://elsewhere.example/">another</a></p>',
  '<script>window.hurt=8</script><svg onload="window.hurt=9"><script>window.hurt=10</script></svg>',
  '<iframe src="https://elsewhere.example/"></iframe><form action="https://elsewhere.example/"><input autofocus onfocus="window.hurt=11"></form>',
  '<p style="background:url(https://elsewhere.example/b.png)" id="app" class="banner">Last words.</p>',
  '<style>body{display:none}</style><meta http-equiv="refresh" content="0;url=https://elsewhere.example/"><base href="https://elsewhere.example/">',
].join('\n');

const FANDOMS = ['Grey’s Anatomy', 'Stargate Atlantis', 'Original Work', 'Due South', 'The Sentinel', 'Firefly'];
const NOUNS = ['Lamp', 'Tide', 'Window', 'Letter', 'Winter', 'Harbour', 'Road', 'Kitchen', 'Signal', 'Garden', 'Rope'];
const MARKS = ['Quiet', 'Long', 'Second', 'Borrowed', 'Empty', 'Last', 'Blue', 'Patient', 'Wooden'];
const PEOPLE = ['Ash', 'Bea', 'Cole', 'Dee', 'Ezra', 'Fern', 'Gil', 'Hope', 'Ines', 'Jude'];

/** As many works as are asked for, the same each time. */
export function largeJournal(count: number): Journal {
  const plans = Array.from({ length: count }, (_, index): Plan => {
    const pick = <One>(list: readonly One[], step: number): One =>
      list[(index * step + (index >> 4)) % list.length] as One;
    const first = 100 + index * 4;
    const month = String((index % 12) + 1).padStart(2, '0');
    const pairing = `${pick(PEOPLE, 3)}/${pick(PEOPLE, 7)}`;
    return {
      posts: index % 5 === 0 ? [first, first + 1, first + 2] : [first],
      title: `The ${pick(MARKS, 5)} ${pick(NOUNS, 7)} ${index + 1}`,
      ...(index % 11 !== 3 && { fandom: pick(FANDOMS, 1) }),
      ...(index % 7 !== 2 && { pairing, meant: pairing.replace('/', ' Smith/') }),
      ...(index % 9 !== 4 && { rating: pick(Object.keys(RATINGS), 1) }),
      words: 200 + ((index * 7919) % 60_000),
      day: `${2003 + (index % 9)}-${month}-${String((index % 27) + 1).padStart(2, '0')}`,
      ...(index % 3 === 0 && { questions: [NONE] }),
      more: { restricted: index % 40 === 7 },
    };
  });
  return journalOf(plans, Math.floor(count / 2));
}

function journalOf(plans: readonly Plan[], others = 6): Journal {
  const posts = new Map<EntryKey, PostText>();
  const works = plans.map((plan) => made(plan, posts));
  const leftOut = Array.from({ length: others }, (_, index) => leftOutPost(index, posts));
  return { name: 'lampwright', works, leftOut, posts };
}

function made(plan: Plan, posts: Journal['posts']): Made {
  const { title, fandom, pairing, rating, day, complete = true, words = 1000, questions = [] } = plan;
  const meant = plan.meant ?? pairing;
  const evidence: Made['from'] = {};
  const said = (field: string, raw: string, line: number) => {
    evidence[field] = { from: 'header', raw, line, entry: keyOf(plan.posts[0] as number) };
  };
  if (title) said('title', `Title: ${title}`, 1);
  if (fandom) said('fandoms', `Fandom: ${fandom}`, 2);
  if (pairing) said('relationships', `Pairing: ${pairing}`, 3);
  if (rating) said('rating', `Rating: ${rating}`, 4);
  evidence.language = { from: 'inferred', raw: 'the words of the text' };
  const chapters = plan.posts.map((number, index): Chapter => {
    const own = Math.round(words / plan.posts.length);
    posts.set(keyOf(number), postOf(plan, number, index, own));
    return {
      position: index + 1,
      entry: keyOf(number),
      url: addressOf(number),
      ...(plan.chapterTitles?.[index] && { title: plan.chapterTitles[index] }),
      ...(day && { postedAt: `${day}T20:15:00` }),
      wordCount: own,
    };
  });
  const work: Work = {
    slug: (title || 'untitled').toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    title,
    authors: ['lampwright'],
    archive: {
      rating: rating ? (RATINGS[rating] ?? '') : '',
      warnings: ['Choose Not To Use Archive Warnings'],
      categories: pairing ? ['M/M'] : ['Gen'],
      fandoms: fandom ? [fandom] : [],
      relationships: meant ? [meant] : [],
      characters: meant?.includes(' ') ? meant.split('/') : [],
      additionalTags: ['Angst'],
    },
    summary: `What happened to ${title || 'nobody'}.\n\nAnd what came after.`,
    language: 'en',
    complete,
    ...(plan.expected && { expectedChapters: plan.expected }),
    ...(day && { published: day, updated: day }),
    wordCount: words,
    restricted: false,
    header: {
      title,
      ...(pairing && { relationships: [pairing] }),
      ...(fandom && { fandoms: [fandom] }),
      genres: ['sad'],
    },
    evidence,
    questions,
    chapters,
    ...plan.more,
  };
  return { work, from: evidence, doubts: doubtsOf(plan, meant) };
}

function doubtsOf({ title, fandom, rating, day }: Plan, meant: string | undefined): Made['doubts'] {
  return [
    ...(title ? [] : [{ field: 'title', text: 'no title' }]),
    ...(fandom ? [] : [{ field: 'fandoms', text: 'no fandom' }]),
    ...(rating ? [] : [{ field: 'rating', text: 'no rating' }]),
    ...(day ? [] : [{ field: 'published', text: 'no date' }]),
    ...(meant && !meant.includes(' ') ? [{ field: 'relationships', text: `“${meant}” has no full names` }] : []),
  ];
}

function postOf(plan: Plan, number: number, index: number, words: number): PostText {
  const header: [string, string][] = [
    [
      'title',
      `Title: ${plan.title}${plan.posts.length > 1 ? ` (${index + 1}/${plan.expected ?? plan.posts.length})` : ''}`,
    ],
    ['fandoms', `Fandom: ${plan.fandom ?? ''}`],
    ['relationships', `Pairing: ${plan.pairing ?? ''}`],
    ['rating', `Rating: ${plan.rating ?? ''}`],
  ];
  const story = Array.from(
    { length: 24 },
    (_, line) =>
      `${line % 3 === 0 ? 'The lamp had been burning since noon' : 'Nobody on the ward asked why'}, and part ${index + 1} of it was told in line ${line + 1}, slowly, the way one tells a thing that is true.`,
  );
  const lines = [
    ...header.map(([field, text]) => ({ text, taken: true, field })),
    { text: '', taken: false },
    ...story.map((text) => ({ text, taken: false })),
  ].map((line, at) => ({ number: at + 1, ...line }));
  return {
    entry: keyOf(number),
    url: addressOf(number),
    subject: plan.title || '(no subject)',
    lines,
    html: plan.html ?? story.map((text) => `<p>${text.replace('noon', '<em>noon</em>')}</p>`).join('\n'),
    words,
    restricted: plan.more?.restricted ?? false,
  };
}

const OTHERS: LeftOut['reason'][] = ['other', 'other', 'locked', 'gate', 'missing', 'other'];
const DETAILS: Partial<Record<LeftOut['reason'], string>> = {
  other: 'no story header was found',
  locked: 'the journal shows it to some readers only',
  gate: 'it stands behind an adult notice',
  missing: 'the journal has no such post',
};

function leftOutPost(index: number, posts: Journal['posts']): LeftOut {
  const number = 20_000 + index;
  const reason = OTHERS[index % OTHERS.length] ?? 'other';
  const subject = ['Snow, and no bread', 'The Keeper’s Book', 'A friend’s list', 'Icons', 'Nothing', 'Packing'][
    index % 6
  ];
  if (reason === 'other')
    posts.set(
      keyOf(number),
      postOf({ posts: [number], title: subject ?? '', fandom: 'Original Work' }, number, 0, 400),
    );
  return {
    entry: keyOf(number),
    url: addressOf(number),
    ...(reason !== 'missing' && { subject: `${subject}${index > 5 ? ` ${index}` : ''}` }),
    postedAt: `2006-0${(index % 9) + 1}-11T09:00:00`,
    reason,
    detail: DETAILS[reason] ?? reason,
  };
}
