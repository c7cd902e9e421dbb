/**
 * The honest account: every entry seen is in exactly one place, a work or the list of what was left out, wherever it is told. Journals
 * of random posts are put into a vault without a network and carried; who knows how many there are is the test and not the program.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runSummary } from '../src/cli/summary.js';
import { Vault } from '../src/crawl/index.js';
import { bundleJournal } from '../src/migrate.js';
import type { Capture } from '../src/model.js';
import { type Run, type RunOptions, startRun, vaultFolder } from '../src/run/run.js';
import { inFolder } from './cli/program.js';
import {
  drawEntry,
  drawGate,
  drawLogin,
  drawMissing,
  drawMonth,
  entryUrl,
  type PageStyle,
  type Place,
} from './journal/pages.js';
import { numberOf, type Post } from './journal/posts.js';

const ME = 'tarn_wick';
const PLACE: Place = { scheme: 'https', host: 'tarn-wick.livejournal.com', www: 'www.livejournal.com', journal: ME };
const KINDS = [
  'entry',
  'entry',
  'entry',
  'entry',
  'entry',
  'entry',
  'restricted',
  'locked',
  'gate',
  'missing',
  'gone',
  'odd',
] as const;
/** What a post is to a reader. A part may have lost its header; a master post has one, links to parts, and no story. */
const ROLES = ['part', 'part', 'part', 'headless part', 'master post', 'whole', 'other'] as const;
const STORY = 'The lantern went out at the first milestone, and she lit it again without a word. ';

interface Given {
  kind: (typeof KINDS)[number];
  role: (typeof ROLES)[number];
  style: PageStyle;
  part: number;
  /** Entries that its body links to, as parts one, two and so on. */
  links: number[];
  isLong: boolean;
  by: string;
  /** How often its page was captured. */
  captures: number;
}

const given: fc.Arbitrary<Given> = fc.record({
  kind: fc.constantFrom(...KINDS),
  role: fc.constantFrom(...ROLES),
  style: fc.constantFrom<PageStyle>('modern', 'singlepost', 'core2', 'light'),
  part: fc.integer({ min: 1, max: 3 }),
  links: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
  isLong: fc.boolean(),
  by: fc.constantFrom(ME, ME, ME, ME, 'somebody_else'),
  captures: fc.integer({ min: 1, max: 2 }),
});

const keys = fc.uniqueArray(fc.integer({ min: 1, max: 14 }), { maxLength: 3 });
const decided = fc.record({
  leaveOut: keys,
  other: keys,
  fic: keys,
  joined: keys,
  takenOut: keys,
  apart: keys,
  split: fc.boolean(),
});
type Decided = typeof decided extends fc.Arbitrary<infer T> ? T : never;

const options: fc.Arbitrary<RunOptions> = fc.record(
  { poster: fc.constantFrom(undefined, undefined, undefined, ME), includeLocked: fc.boolean() },
  { requiredKeys: [] },
);

const number = (itemid: number) => numberOf({ itemid, anum: itemid } as Post);
const keyOf = (itemid: number) => `livejournal/${ME}/${number(itemid)}`;

function subjectOf({ role, part }: Given): string {
  return {
    part: `Fic: Salt Road ${part}/3`,
    'headless part': `Salt Road ${part}/3`,
    'master post': 'Fic: Salt Road (Masterpost)',
    whole: `Fic: Ebb ${part}`,
    other: 'A day at the market',
  }[role];
}

function bodyOf(one: Given): string {
  const { role, part, links, isLong } = one;
  const title = role === 'part' ? `Salt Road (${part}/3)` : role === 'whole' ? `Ebb ${part}` : 'Salt Road';
  const hasHeader = role !== 'headless part' && role !== 'other';
  const header = `Title: ${title}<br />Fandom: The Glasshouse Line<br />Rating: PG<br />Pairing: Odile/Bram<br /><br />`;
  const story = `${STORY}<br /><br />`.repeat(role === 'master post' ? (isLong ? 1 : 0) : isLong ? 40 : 10);
  const parts = links.map((itemid, index) => `<a href="${entryUrl(PLACE, number(itemid))}">Part ${index + 1}</a>`);
  return `${hasHeader ? header : ''}${story}${parts.join(' | ')}`;
}

function pageOf(itemid: number, one: Given): { status: number; html: string } {
  const at = `2006-03-${String((itemid % 28) + 1).padStart(2, '0')}T10:00`;
  const post: Post = {
    itemid,
    anum: itemid,
    style: one.style,
    subject: subjectOf(one),
    at,
    body: '',
    tags: one.role === 'other' ? [] : ['fic'],
    ...(one.kind === 'restricted' && { security: 'friends' }),
    is: 'other',
  };
  switch (one.kind) {
    case 'locked':
      return { status: 200, html: drawLogin(PLACE, number(itemid)) };
    case 'gate':
      return { status: 200, html: drawGate(PLACE, number(itemid)) };
    case 'missing':
      return { status: 404, html: drawMissing() };
    case 'gone':
      return { status: 410, html: '<title>Gone</title>' };
    case 'odd':
      return { status: 200, html: '<html><body><p>Something went wrong on our side.</p></body></html>' };
    default:
      // whoever posted is named wherever the page names the journal's own user
      return {
        status: 200,
        html: drawEntry(PLACE, post, bodyOf(one)).replace(/(user="|"poster":"|poster-|<b>)tarn_wick/g, `$1${one.by}`),
      };
  }
}

async function fill(run: Run, posts: readonly Given[]): Promise<void> {
  const vault = await Vault.open(vaultFolder(run));
  let minute = 0;
  const capture = (url: string, status: number, html: string, use?: Capture['use']): Capture => ({
    url,
    time: new Date(Date.UTC(2026, 0, 1, 0, minute++)).toISOString(),
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: Buffer.from(html),
    access: { adult: false, account: false },
    ...(use && { use }),
  });
  for (const [index, one] of posts.entries()) {
    const { status, html } = pageOf(index + 1, one);
    const url = entryUrl(PLACE, number(index + 1));
    const shelf = one.kind === 'restricted' ? 'restricted' : 'open';
    for (let n = 0; n < one.captures; n++)
      await vault.append(capture(n === 0 ? `${url}?format=light` : url, status, html), shelf);
  }
  // neither is an entry that was seen
  const listed = [99, 100].map(
    (itemid): Post => ({ itemid, anum: 1, style: 'light', at: '2006-03-01T10:00', body: '', is: 'fic' }),
  );
  await vault.append(
    capture('https://tarn-wick.livejournal.com/2006/03/', 200, drawMonth(PLACE, listed, '2006-03'), 'calendar'),
    'open',
  );
  await vault.append(capture(entryUrl(PLACE, number(101)), 200, 'GIF89a', 'picture'), 'open');
  await vault.close();
}

function decisionsOf({ leaveOut, other, fic, joined, takenOut, apart, split }: Decided): string {
  const entries = new Map<number, string[]>();
  const say = (list: number[], word: string) => {
    for (const itemid of list) entries.set(itemid, [...(entries.get(itemid) ?? []), word]);
  };
  say(leaveOut, 'leaveOut: not this one');
  say(other, 'kind: other');
  say(
    fic.filter((itemid) => !other.includes(itemid)),
    'kind: fic',
  );
  say(joined, 'work: The Salt Road');
  const lines = (list: [number, string[]][]) =>
    list.map(([itemid, words]) => `  ${keyOf(itemid)}: {${words.join(', ')}}\n`).join('');
  const works = [
    ...takenOut.map((itemid) => [itemid, ['in: false']]),
    ...apart.filter((itemid) => !takenOut.includes(itemid)).map((itemid) => [itemid, ['separate: true']]),
  ];
  return [
    entries.size > 0 ? `entries:\n${lines([...entries])}` : '',
    works.length > 0 ? `works:\n${lines(works as [number, string[]][])}` : '',
    split ? 'rules: {split: true}\n' : '',
  ].join('');
}

/** The first column of a CSV, without its header line; no key has a comma or a quote. */
const firstColumn = (csv: string) =>
  csv
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(',')[0]);

describe('an entry that was seen', () => {
  const base = startRun({}, 'https://tarn-wick.livejournal.com/');
  // small enough that a story of forty paragraphs is split where its author lets it
  base.config.archive.limits.chapterMax = 2000;

  it('is in exactly one place: a work, or what was left out', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(given, { minLength: 1, maxLength: 12 }),
        decided,
        options,
        async (posts, said, flags) => {
          await inFolder(async (folder) => {
            const run: Run = { ...base, options: flags, folder };
            mkdirSync(folder, { recursive: true });
            writeFileSync(join(folder, 'decisions.yaml'), decisionsOf(said));
            await fill(run, posts);
            const outcome = await bundleJournal(run, () => {});
            const all = posts.map((_, index) => keyOf(index + 1)).sort();

            const carried = outcome.works.flatMap(({ chapters }) => chapters.map(({ entry }) => entry));
            const left = outcome.leftOut.map(({ entry }) => entry);
            expect([...carried, ...left].sort()).toEqual(all);
            expect(outcome.census.seen).toBe(posts.length);

            const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
            const reported = report.works.flatMap(({ entries }: { entries: string[] }) => entries);
            expect(
              [...reported, ...report.leftOut.entries.map(({ entry }: { entry: string }) => entry)].sort(),
            ).toEqual(all);
            expect(report.seen).toBe(report.fics + report.leftOut.total);
            const reasons = Object.values<number>(report.leftOut.byReason).reduce((sum, n) => sum + n, 0);
            expect(reasons).toBe(report.leftOut.total);

            const data = join(folder, `${ME}-bundle/data`);
            const bundle = JSON.parse(readFileSync(join(data, 'bundle.json'), 'utf8'));
            // a split post is several chapters of one entry
            const packed = bundle.works.flatMap(
              ({ chapters }: { chapters: { entry: string; piece?: { number: number } }[] }) =>
                chapters.filter(({ piece }) => (piece?.number ?? 1) === 1).map(({ entry }) => entry),
            );
            expect([...packed, ...bundle.leftOut.map(({ entry }: { entry: string }) => entry)].sort()).toEqual(all);
            const csv = firstColumn(readFileSync(join(data, 'left-out.csv'), 'utf8'));
            expect([...packed, ...csv].sort()).toEqual(all);

            const [, seen, fics, out] =
              /^(\d+) entr\w+ seen, (\d+) fics? carried as .*?, (\d+) left out/.exec(
                runSummary(run, outcome)[0] ?? '',
              ) ?? [];
            expect([seen, Number(fics) + Number(out)]).toEqual([String(posts.length), posts.length]);

            // what is behind the lock is carried only where that was asked for
            const locked = posts.flatMap(({ kind }, index) => (kind === 'restricted' ? [keyOf(index + 1)] : []));
            if (!flags.includeLocked) expect(locked.filter((entry) => carried.includes(entry))).toEqual([]);
          });
        },
      ),
      { numRuns: 40 },
    );
  });
});
