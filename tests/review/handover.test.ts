/** The page's hand-over, held against the sheets of the same bundle as an HTML parser reads them, and against `planGoes`. */
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cheerio, type CheerioAPI, load } from 'cheerio';
import type { Element } from 'domhandler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bundle } from '../../src/bundle/index.js';
import { handOver, packetOf, tick } from '../../src/review/handover.js';
import type { HandOver } from '../../src/review/model.js';
import { type Run, startRun } from '../../src/run/run.js';
import { planGoes, postBy } from '../../src/site/index.js';
import { POSTS, type Post } from '../journal/posts.js';
import { OWNER_COOKIE } from '../journal/server.js';
import { Ground, settled } from './jobs.js';

const BASE = 'https://you.example.org/moving/';
/** Words that HTML, JSON and a text area each have a meaning for. */
const SHARP: Post = {
  itemid: 30,
  anum: 4,
  style: 'modern',
  subject: 'Fic: Marginalia & Co.',
  at: '2011-01-02T10:00',
  tags: ['fic', 'fandom: the glasshouse line'],
  is: 'fic',
  body:
    'Title: Marginalia &amp; "Co."<br />Fandom: The Glasshouse Line<br />Rating: G<br />Summary: One &lt;b&gt; too many.<br /><br />' +
    'He wrote &amp;amp; in the margin, and under it &lt;/textarea&gt; and "&gt;".<br /><br />She rubbed out the second one, and left the first where it stood.',
};

let ground: Ground;
let run: Run;
let data: string;
let bundle: Bundle;
beforeAll(async () => {
  ground = await Ground.make({ posts: [...POSTS.slice(0, -1), SHARP, POSTS.at(-1) as Post] });
  const cookies = join(ground.folder, 'cookies.txt');
  const [name, value] = OWNER_COOKIE.split('=');
  writeFileSync(cookies, `#HttpOnly_.lj.test\tTRUE\t/\tFALSE\t4102444800\t${name}\t${value}\n`);
  const jobs = ground.jobs();
  await jobs.crawl(ground.begin({ adult: true, includeLocked: true, cookies }));
  await settled(jobs);
  run = startRun({ config: ground.config, out: ground.out });
  expect(await handOver(run)).toEqual({ works: [], goes: [], postBy: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
  await expect(tick(run, 'livejournal/tarn_wick/1', true)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await jobs.bundle();
  await settled(jobs);
  data = join(ground.out, 'tarn_wick-bundle', 'data');
  bundle = Bundle.parse(JSON.parse(readFileSync(join(data, 'bundle.json'), 'utf8')));
});
afterAll(() => ground?.close());

/** A sheet as an HTML parser reads it. */
function sheetOf(slug: string): CheerioAPI {
  return load(readFileSync(join(data, 'sheet', `${slug}.html`), 'utf8'));
}

/** What pressing a button of a sheet copies, by the rules that its script follows. */
function pressed(sheet: CheerioAPI, button: Cheerio<Element>): string {
  const text = sheet(`#${button.attr('data-copy')}`).text();
  const content = button.attr('data-content');
  if (content === undefined) return text;
  const packet = JSON.parse(text) as { fields: Record<string, unknown> };
  packet.fields.content = sheet(`#${content}`).text();
  return JSON.stringify(packet);
}

function forms(sheet: CheerioAPI): string[] {
  return sheet('button[data-content]')
    .toArray()
    .map((button) => pressed(sheet, sheet(button)));
}

const titled = (handed: HandOver, title: string) => {
  const work = handed.works.find((one) => one.title === title);
  if (!work) throw new Error(`no ${title}`);
  return work;
};

describe('the hand-over', () => {
  it('has the works of the bundle in its order, with the fields of the archive’s form in that form’s order', async () => {
    const handed = await handOver(run);
    expect(handed.bundle).toEqual({
      folder: join(ground.out, 'tarn_wick-bundle'),
      zip: join(ground.out, 'tarn_wick-bundle.zip'),
      stale: false,
    });
    expect(handed.works.map(({ slug }) => slug)).toEqual(bundle.works.map(({ slug }) => slug));
    // The form of otwarchive, from its top: preface, associations, dates. Written down by hand.
    expect(titled(handed, 'Weather Station').fields.map(({ label }) => label)).toEqual([
      'Rating',
      'Archive warnings',
      'Fandoms',
      'Categories',
      'Relationships',
      'Characters',
      'Work title',
      'Creators',
      'Summary',
      'Chapters',
      'Publication date',
      'Last chapter',
      'Language',
      'Words',
    ]);
    expect(titled(handed, 'What the Night Shift Keeps').fields[0]?.label).toBe('Only for registered users');
  });

  it('copies of each field what its sheet copies', async () => {
    const { works } = await handOver(run);
    for (const { slug, fields } of works) {
      const sheet = sheetOf(slug);
      const shown = sheet('dl.fields')
        .first()
        .find('dt')
        .toArray()
        .map((dt) => {
          const [value, button] = [sheet(dt).next(), sheet(dt).next().next().find('button')];
          const text = button.length > 0 ? pressed(sheet, button) : value.find('.value').text();
          return { label: sheet(dt).text(), text };
        })
        .filter(({ text }) => text !== '');
      expect(fields, slug).toEqual(shown);
    }
  });

  it('copies for the archive’s forms what the sheets copy, letter by letter', async () => {
    const { works } = await handOver(run);
    expect(works.length).toBe(12);
    for (const { key, slug, chapters } of works) {
      const numbers = chapters.flatMap(({ hasForm }, index) => (hasForm ? [index + 1] : []));
      const copied = [await packetOf(run, key), ...(await Promise.all(numbers.map((at) => packetOf(run, key, at))))];
      expect(copied, slug).toEqual(forms(sheetOf(slug)));
    }
    const sharp = JSON.parse(await packetOf(run, titled({ works } as HandOver, 'Marginalia & "Co."').key));
    expect(sharp.fields.content).toContain('He wrote &amp;amp; in the margin, and under it &lt;/textarea&gt;');
    const road = titled({ works } as HandOver, 'The Salt Road');
    expect(JSON.parse(await packetOf(run, road.key, 3)).fields.content).toContain(
      'The sea was not where the map had left it.',
    );
    await expect(packetOf(run, road.key, 4)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(packetOf(run, 'livejournal/tarn_wick/1')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('plans the goes as ficferry goes does, once there is an address', async () => {
    expect((await handOver(run)).goes).toEqual([]);
    expect((await handOver(run, '  ')).goes).toEqual([]);
    const { goes, works, postBy: by } = await handOver(run, BASE);
    const plan = planGoes(bundle, run.config.archive, { base: BASE, size: 10 });
    expect(goes.map(({ urls }) => urls)).toEqual(plan.goes.map(({ urls }) => urls));
    expect(goes.map((go) => go.works)).toEqual(plan.goes.map((go) => go.works.map((work) => work.chapters[0]?.entry)));
    expect(goes[0]?.title).toBe(`Go 1 of ${plan.goes.length}`);
    expect(goes[0]?.choices).toContain('Encoding: UTF-8');
    expect(JSON.parse(goes[0]?.packet ?? '')).toMatchObject({ form: 'import', fields: { urls: goes[0]?.urls } });
    expect(works.filter(({ without }) => without !== undefined).map(({ title, without }) => [title, without])).toEqual([
      ['What the Night Shift Keeps', 'locked: it is in no page; hand it over with its sheet and the form filler'],
    ]);
    expect(by).toBe(postBy(new Date().toLocaleDateString('sv-SE')));
  });

  it('refuses an address that no archive fetches from', async () => {
    await expect(handOver(run, 'http://localhost/')).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });

  it('ticks works in done.json, which takes them out of the goes, and takes ticks away', async () => {
    const { works } = await handOver(run);
    const [road, noon] = [titled({ works } as HandOver, 'The Salt Road'), titled({ works } as HandOver, 'Noon, A')];
    await Promise.all([tick(run, road.key, true), tick(run, noon.key, true)]);
    const file = join(ground.out, 'done.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      works: { [road.key]: 'The Salt Road', [noon.key]: 'Noon, A' },
    });
    const handed = await handOver(run, BASE);
    expect(
      handed.works
        .filter(({ done }) => done)
        .map(({ title }) => title)
        .sort(),
    ).toEqual(['Noon, A', 'The Salt Road']);
    expect(titled(handed, 'Noon, A').without).toBe('done already');
    expect(handed.goes.flatMap((go) => go.works)).not.toContain(road.key);
    await tick(run, road.key, false);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ works: { [noon.key]: 'Noon, A' } });
    await expect(tick(run, 'livejournal/tarn_wick/1', true)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('says that the bundle is older than her decisions', async () => {
    const file = join(ground.out, 'decisions.yaml');
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, 'works: {}\n');
    const later = new Date(Date.now() + 60_000);
    utimesSync(file, later, later);
    expect((await handOver(run)).bundle?.stale).toBe(true);
  });
});
