/** The way by address, over HTTP: a bundle's pages on a host, the archive's import form go by go, and the works that come of it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenBundle, openBundle, writeBundle } from '../../src/bundle/index.js';
import type { Work } from '../../src/model.js';
import { type Go, importPacket, planGoes, serveSite } from '../../src/site/index.js';
import { expectStored } from '../archive/compare.js';
import { type Answers, submitForm } from '../archive/person.js';
import { StandIn } from '../archive/standIn.js';
import { archive, chapter, config, work } from '../bundle/works.js';
import { ficferry, inFolder } from '../cli/program.js';
import { LoopbackJournal } from '../journal/server.js';

/** Prose that an importer takes for labels wherever it may. */
const BAIT =
  '<p>Note: Title: none of this is. Rating: Explicit<br />Summary: no. Date: 1999-01-01</p>\n<p>Footnote: Pairing: a/b; Candidate: Fandoms: x</p>\n<!-- Title: gone --><p>--&gt; Characters: nobody</p>';
const LONG_SUMMARY = 'Words and words. '.repeat(80).slice(0, 1242);

const works: Work[] = [
  work({
    title: 'Café des Étoiles — “näive” 東京',
    slug: 'cafe',
    chapters: [chapter(1, { postedAt: '2003-12-31T23:59:00' })],
  }),
  work({
    title: 'Ночь',
    slug: 'noch',
    language: 'ru',
    archive: { ...work().archive, categories: [] },
    chapters: [chapter(2)],
  }),
  work({
    title: 'Title: Rating: --> <script>',
    slug: 'attack',
    summary: 'Title: other\n--> Rating: Explicit <b>& Fandom: None</b>',
    notes: 'Date: 1980-01-01\nWarnings: Rape/Non-Con',
    chapters: [chapter(3, { title: 'Rating: E --' })],
  }),
  work({
    title: 'Long',
    slug: 'long',
    summary: LONG_SUMMARY,
    archive: {
      ...work().archive,
      fandoms: ["Grey's Anatomy", 'Rizzoli & Isles'],
      additionalTags: ["Don't copy to another site", 'Fluff & Angst'],
    },
    chapters: [chapter(4)],
  }),
  work({
    title: 'Fifty',
    slug: 'fifty',
    chapters: Array.from({ length: 50 }, (_, index) =>
      chapter(1, {
        position: index + 1,
        entry: `livejournal/somebody/${(100 + index) * 256 + 7}`,
        postedAt: `2009-0${1 + Math.floor(index / 25)}-${String((index % 25) + 1).padStart(2, '0')}T10:00:00`,
        ...(index % 2 === 0 && {
          title: `Part “${index + 1}”: Note: x`,
          notes: `For ${index}.`,
          summary: index > 0 ? `S: ${index}` : undefined,
        }),
      }),
    ),
  }),
  work({ title: 'Locked', slug: 'locked', restricted: true, chapters: [chapter(9)], summary: 'CANARY-7341' }),
  // More of one kind than go into one go.
  ...Array.from({ length: 11 }, (_, index) =>
    work({
      title: `Drabble ${index}`,
      slug: `drabble-${index}`,
      archive: { ...work().archive, categories: ['Gen'] },
      chapters: [chapter(6, { entry: `livejournal/somebody/${(300 + index) * 256 + 7}` })],
    }),
  ),
];
const storyOf = async (key: string) => ({
  html: key.endsWith('/2311') ? '<p>CANARY-7341 text</p>' : `${BAIT}\n<p>${key}</p>`,
});

const folder = mkdtempSync(join(tmpdir(), 'ficferry-import-'));
let open: OpenBundle;
beforeAll(async () => {
  const newTags = { fandoms: [], characters: [], relationships: [], additionalTags: [], total: 0 };
  const places = { folder: join(folder, 'b'), zip: join(folder, 'b.zip') };
  await writeBundle({ ...places, journal: 'somebody', works, leftOut: [], newTags, storyOf, config, version: '1' });
  open = await openBundle(join(folder, 'b.zip'));
});
afterAll(async () => {
  await open?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A go as the form filler would fill it in, by the names that the config has. */
function answers(go: Go): Answers {
  const { fields } = importPacket(go, archive);
  const given = Object.entries(fields).map(([field, value]): [string, Answers[string]] => {
    const name = archive.forms.import[field]?.name ?? `no name for ${field}`;
    if (field === 'urls') return [name, (value as string[]).join('\n')];
    return [name, field === 'language' ? ((value as string[])[0] as string) : value];
  });
  return Object.fromEntries(given);
}

async function importAll(bundle: OpenBundle, size = 10): Promise<{ archive: StandIn; goes: Go[]; asked: string[] }> {
  const asked: string[] = [];
  const host = await serveSite(bundle, 0, (line) => asked.push(line));
  const standIn = await StandIn.start({ today: '2026-08-22' });
  try {
    const { goes } = planGoes(bundle.bundle, archive, { base: host.url, size });
    for (const go of goes) {
      const done = await submitForm(
        `${standIn.address}/works/import`,
        { ...answers(go), post_without_preview: true },
        'commit',
      );
      expect(done.errors).toEqual([]);
    }
    return { archive: standIn, goes, asked };
  } finally {
    await host.close();
  }
}

describe('a bundle’s works, imported by the goes as planned', () => {
  it('are what the bundle says: names, dates, languages, categories, chapters, text', async () => {
    const { archive: standIn, goes, asked } = await importAll(open);
    try {
      expect(standIn.refusals).toEqual([]);
      const carried = open.bundle.works.filter(({ restricted }) => !restricted);
      expect(standIn.works).toHaveLength(carried.length);
      for (const one of carried) {
        const stored = standIn.works.find(({ title }) => title === one.title);
        const texts = await Promise.all(one.chapters.map(async ({ entry }) => (await storyOf(entry)).html));
        expectStored(stored, one, (index) => texts[index]?.replace(/<!--.*?-->/g, ''));
      }
      // All are of one day, so by their names. One language and set of categories to a go, ten works at most; chapters by themselves.
      expect(goes.map((go) => [go.each, go.works.length, go.language, go.categories.join()])).toEqual([
        ['works', 3, 'en', 'F/M'],
        ['works', 10, 'en', 'Gen'],
        ['works', 1, 'en', 'Gen'],
        ['chapters', 1, 'en', 'F/M'],
        ['works', 1, 'ru', ''],
      ]);
      expect(asked.filter((line) => !line.endsWith(' 200'))).toEqual([]);
    } finally {
      await standIn.close();
    }
  });
});

describe('what is locked', () => {
  it('is on no page and in no go, and nothing but the site’s files is served', async () => {
    const host = await serveSite(open, 0);
    try {
      const plan = planGoes(open.bundle, archive, { base: host.url, size: 25 });
      expect(plan.without.map(({ work: one, why }) => [one.slug, why.split(':')[0]])).toEqual([['locked', 'locked']]);
      const urls = plan.goes.flatMap((go) => go.urls);
      const pages = await Promise.all(urls.map(async (url) => (await fetch(url)).text()));
      expect(pages.join()).not.toContain('CANARY-7341');
      expect(pages.every((page) => page.includes('noindex'))).toBe(true);
      for (const path of [
        'pages/locked/01.html',
        'sheet/locked.html',
        'bundle.json',
        'index.html/..',
        'works/locked/01.md',
        '%2e%2e/b.zip',
      ])
        expect((await (await fetch(new URL(path, host.url))).text()).includes('CANARY'), path).toBe(false);
      expect((await fetch(`${host.url}bundle.json`)).status).toBe(404);
      expect((await fetch(host.url, { method: 'POST' })).status).toBe(405);
      expect(await (await fetch(`${host.url}robots.txt`)).text()).toBe('User-agent: *\nDisallow: /\n');
      expect(await (await fetch(host.url)).text()).not.toMatch(/somebody|Caf/);
    } finally {
      await host.close();
    }
  });
});

describe('from a journal to the archive', () => {
  it('by the commands as an author types them', async () => {
    const journal = await LoopbackJournal.start();
    try {
      await inFolder(async (home) => {
        const settings = journal.writeConfig(join(home, 'config.yaml'));
        const out = join(home, 'out');
        expect((await ficferry(['migrate', journal.address, '--config', settings, '--out', out])).code).toBe(0);
        const path = join(out, 'tarn_wick-bundle');
        const site = await ficferry(['site', path, join(home, 'public'), '--base-url', 'https://me.example.org/m']);
        expect([site.code, site.stderr]).toEqual([0, '']);
        const goes = await ficferry([
          'goes',
          path,
          '--base-url',
          'https://me.example.org/m',
          '--html',
          join(home, 'goes.html'),
        ]);
        expect([goes.code, goes.stderr]).toEqual([0, '']);
        const bundle = await openBundle(path);
        const { archive: standIn } = await importAll(bundle);
        try {
          const page = load(readFileSync(join(home, 'goes.html'), 'utf8'));
          const named = page('textarea')
            .toArray()
            .flatMap((area) => page(area).text().trim().split('\n'));
          const written = named.map((url) =>
            readFileSync(join(home, 'public', url.replace('https://me.example.org/m/', '')), 'utf8'),
          );
          expect(written).toHaveLength(bundle.bundle.works.flatMap(({ chapters }) => chapters).length);
          expect(standIn.works).toHaveLength(bundle.bundle.works.length);
          for (const one of bundle.bundle.works)
            expectStored(
              standIn.works.find((stored) => stored.chapters[0]?.content !== '' && stored.title === one.title),
              one,
              () => undefined,
            );
        } finally {
          await standIn.close();
          await bundle.close();
        }
      });
    } finally {
      await journal.close();
    }
  });
});
