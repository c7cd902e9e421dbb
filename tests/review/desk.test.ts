import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { Desk } from '../../src/review/desk.js';
import type {
  Edit,
  Job,
  Limits,
  PostText,
  QuestionList,
  State,
  Suggestions,
  WorkDetail,
  WorkList,
} from '../../src/review/model.js';
import { startRun } from '../../src/run/run.js';
import { parseDecisions } from '../../src/works/index.js';
import type { Post } from '../journal/posts.js';
import { Ground, type Served } from './served.js';

/** Keys of the small journal's posts, by what they are: itemid × 256 + anum. */
const key = (number: number) => `livejournal/tarn_wick/${number}`;
const FROST = key(21 * 256 + 17);
const WEATHER = key(2 * 256 + 201);
const LEDGER = key(3 * 256 + 88);
const SALT = [key(4 * 256 + 33), key(6 * 256 + 12), key(7 * 256 + 140)] as const;
const QUIET = key(11 * 256 + 61);
const NOON = key(13 * 256 + 3);
const RECS = key(5 * 256 + 250);
const MASTER = key(8 * 256 + 5);
const BRANCH = key(17 * 256 + 8);

let ground: Ground;
let out: string;
let served: Served;
beforeAll(async () => {
  ground = await Ground.make();
  out = await ground.crawl('tarn_wick');
  served = await ground.review({ out });
});
afterEach(() => writeFileSync(join(out, 'decisions.yaml'), ''));
afterAll(async () => {
  await served.close();
  await ground.close();
});

const works = () => served.get<WorkList>('works');
const work = (at: string) => served.get<WorkDetail>('work', { key: at });
const text = (entry: string) => served.get<PostText>('text', { entry });
const questions = async () => (await served.get<QuestionList>('questions')).questions;
const decide = (...edits: Edit[]) => served.post<{ revision: string }>('decide', { what: 'a test', edits });
const set = (path: string[], value: Edit['value']): Edit => ({ path, value });
const titles = async () => (await works()).works.map(({ title }) => title);
const decisions = () => parseDecisions(readFileSync(join(out, 'decisions.yaml'), 'utf8'), 'decisions.yaml');

const ALL = [
  'First Frost',
  'Weather Station',
  'Ledger of Small Debts',
  'The Salt Road',
  'Тихий час',
  'Noon, A',
  'Noon, B',
  'Instructions for the Stove',
  'Branch Line',
];
const UNKNOWN_FANDOM = 'not known here: “The Glasshouse Line”';

describe('the list', () => {
  it('has the works with what needs a look, and what was left out with why', async () => {
    const { works: rows, leftOut, warnings } = await works();
    expect(rows.map(({ title }) => title)).toEqual(ALL);
    expect(rows[1]).toEqual({
      key: WEATHER,
      slug: 'weather-station',
      title: 'Weather Station',
      authors: ['tarn_wick'],
      fandoms: ['Stargate Atlantis'],
      relationships: ['Rodney McKay/John Sheppard'],
      rating: 'Mature',
      words: expect.any(Number),
      parts: 1,
      complete: true,
      published: '2006-03-05',
      doubts: ['a question about its warnings'],
      looked: false,
      restricted: false,
    });
    expect(rows[0]?.doubts).toEqual([UNKNOWN_FANDOM]);
    expect(rows[2]?.doubts).toEqual([
      UNKNOWN_FANDOM,
      'not known here: “Bram”, “Odile”',
      'not known here: “Odile/Bram”',
    ]);
    expect(rows[3]).toMatchObject({ key: SALT[0], parts: 3, expected: 3, complete: true });
    expect(leftOut.map(({ subject, reason, canTakeIn }) => [subject, reason, canTakeIn])).toEqual([
      ['Hello, and how this works', 'other', true],
      ['Recs: four things that are not mine', 'other', true],
      ['Masterlist', 'other', true],
      ['18 icons', 'other', true],
      ['Poll: what next?', 'other', true],
      [undefined, 'other', true],
      ['Moving on', 'other', true],
      // behind an adult notice: what it says is not known
      [undefined, 'gate', false],
    ]);
    expect(warnings).toEqual([]);
  });

  it('is told of by the state, with the standing', async () => {
    const state = await served.get<State>('state');
    expect(state).toMatchObject({
      run: { folder: out, journal: 'tarn_wick', site: 'LiveJournal' },
      runs: [],
      standing: { seen: 19, fics: 11, complete: true },
      job: { kind: 'none', state: 'idle' },
      decisions: { file: join(out, 'decisions.yaml') },
      counts: { works: 9, leftOut: 8, looked: 0, doubts: 9, questions: (await questions()).length },
    });
  });

  it('tells of decisions that came to nothing', async () => {
    await decide(set(['works', key(99), 'title'], 'x'));
    expect((await works()).warnings).toEqual([
      `works: ${key(99)} is not among the entries read, so its decisions wait.`,
    ]);
  });
});

describe('a work', () => {
  it('has its fields, and the lines they were read from', async () => {
    const detail = await work(WEATHER);
    expect(detail).toMatchObject({ looked: false, decided: {}, misfits: [], previous: FROST, next: LEDGER });
    expect(detail.work.archive.warnings).toEqual(['Choose Not To Use Archive Warnings']);
    expect(detail.from.rating).toEqual({ from: 'header', raw: 'Rating: R', line: 5, entry: WEATHER });
    expect(detail.from.summary).toMatchObject({ line: 9, entry: WEATHER });
    const salt = await work(SALT[0]);
    expect(salt.from.title).toMatchObject({ from: 'header', line: 1, entry: SALT[0] });
    expect((await work(FROST)).previous).toBeUndefined();
    expect((await work(BRANCH)).next).toBeUndefined();
  });

  it('is found by any of its posts, and none by the posts that are none', async () => {
    expect((await work(SALT[2])).work.title).toBe('The Salt Road');
    await expect(work(RECS)).rejects.toThrow(`404 There is no work of ${RECS} any more`);
  });

  it('is corrected, looked at, and both taken back', async () => {
    const before = await work(WEATHER);
    const { revision } = await decide(
      set(['works', WEATHER, 'rating'], 'Explicit'),
      set(['works', WEATHER, 'looked'], true),
    );
    expect(revision).not.toBe(before.revision);
    const after = await work(WEATHER);
    expect(after).toMatchObject({ revision, looked: true, decided: { rating: 'Explicit' } });
    expect(after.work.archive.rating).toBe('Explicit');
    expect(after.from.rating).toEqual({ from: 'decision', raw: 'Explicit' });
    expect((await served.get<State>('state')).counts.looked).toBe(1);
    expect((await served.get<State>('state')).decisions.undo).toBe('a test');
    expect((await served.post<{ revision: string }>('undo')).revision).toBe(before.revision);
    expect(await work(WEATHER)).toEqual(before);
  });

  it('shows what the archive would refuse', async () => {
    await decide(
      set(['works', WEATHER, 'title'], 'x'.repeat(256)),
      set(['works', WEATHER, 'warnings'], ['No Archive Warnings Apply']),
    );
    const { misfits, doubts } = await work(WEATHER);
    expect(misfits.map(({ field, kind }) => [field, kind])).toEqual([['title', 'limit']]);
    expect(doubts).toEqual(['the title is 256 characters long; the archive takes 255 characters']);
  });
});

describe('what is taken out and in', () => {
  it('a work', async () => {
    await decide(set(['works', NOON, 'in'], false));
    const { works: rows, leftOut } = await works();
    expect(rows.map(({ title }) => title)).toEqual(ALL.filter((title) => title !== 'Noon, A'));
    const row = leftOut.find(({ entry }) => entry === NOON);
    expect(row).toMatchObject({
      reason: 'decided',
      canTakeIn: true,
      takeIn: [{ path: ['works', NOON, 'in'], value: null }],
    });
    await decide(...(row?.takeIn ?? []));
    expect(await titles()).toEqual(ALL);
  });

  it('a work of several posts, by whichever of them it was taken out', async () => {
    await decide(set(['works', SALT[1], 'in'], false));
    const { leftOut } = await works();
    expect(leftOut.filter(({ reason }) => reason === 'decided').map(({ entry }) => entry)).toEqual([...SALT]);
    await decide(...(leftOut.find(({ entry }) => entry === SALT[0])?.takeIn ?? []));
    expect(await titles()).toEqual(ALL);
  });

  it.each([
    ['that is no fic', RECS, [], [{ path: ['entries', RECS, 'kind'], value: 'fic' }]],
    [
      'that is no fic and was left out besides',
      RECS,
      [set(['entries', RECS, 'leaveOut'], true)],
      [
        { path: ['entries', RECS, 'leaveOut'], value: null },
        { path: ['entries', RECS, 'kind'], value: 'fic' },
      ],
    ],
    [
      'that was left out',
      FROST,
      [set(['entries', FROST, 'leaveOut'], 'too young')],
      [{ path: ['entries', FROST, 'leaveOut'], value: null }],
    ],
    [
      'that was said to be no fic',
      FROST,
      [set(['entries', FROST, 'kind'], 'other')],
      [{ path: ['entries', FROST, 'kind'], value: null }],
    ],
  ])('a post %s', async (_, entry, before, takeIn) => {
    if (before.length > 0) await decide(...before);
    const row = (await works()).leftOut.find((one) => one.entry === entry);
    expect(row?.takeIn).toEqual(takeIn);
    await decide(...(row?.takeIn ?? []));
    expect((await works()).works.map((one) => one.key)).toContain(entry);
  });
});

describe('chapters', () => {
  it('are split off, and joined again', async () => {
    await decide(set(['entries', SALT[2], 'separate'], true));
    const rows = (await works()).works.filter(({ title }) => title === 'The Salt Road');
    expect(rows.map(({ key: at, parts, complete }) => [at, parts, complete])).toEqual([
      [SALT[0], 2, false],
      [SALT[2], 1, false],
    ]);
    await decide(set(['entries', SALT[2], 'separate'], null), set(['entries', SALT[2], 'work'], SALT[0]));
    expect((await works()).works.filter(({ title }) => title === 'The Salt Road').map(({ parts }) => parts)).toEqual([
      3,
    ]);
  });

  it('take another order, and the work another name with it', async () => {
    await decide(set(['works', SALT[0], 'order'], [SALT[2], SALT[0], SALT[1]]));
    expect((await works()).works.find(({ title }) => title === 'The Salt Road')?.key).toBe(SALT[2]);
    const { work: salt } = await work(SALT[0]);
    expect(salt.chapters.map(({ entry }) => entry)).toEqual([SALT[2], SALT[0], SALT[1]]);
  });

  it('of which another names the work already: what the page says goes before that', async () => {
    writeFileSync(
      join(out, 'decisions.yaml'),
      `works:\n  ${SALT[0]}:\n    title: By the first   # hers\n    split: true\n`,
    );
    await works();
    await decide(set(['works', SALT[1], 'title'], 'By the second'));
    expect((await work(SALT[0])).work.title).toBe('By the second');
    expect(decisions().works).toEqual({ [SALT[0]]: { split: true }, [SALT[1]]: { title: 'By the second' } });
  });
});

describe('a rule', () => {
  it('counts everywhere', async () => {
    await decide(set(['rules', 'names', 'Odile/Bram'], 'Odile Marr/Bram Teal'));
    const { works: rows } = await works();
    const found = rows
      .filter(({ relationships }) => relationships.includes('Odile Marr/Bram Teal'))
      .map(({ title }) => title);
    expect(found).toEqual(['Ledger of Small Debts', 'The Salt Road', 'Branch Line']);
  });
});

describe('questions', () => {
  it('are asked in one list, and answered by a button', async () => {
    const list = await questions();
    const asked = list
      .filter(({ field }) => field === 'warnings')
      .map(({ work: at, title, text: said, answers }) => [at, title, said, answers.map(({ label }) => label)]);
    const labels = ['No Archive Warnings Apply', 'Choose Not To Use Archive Warnings'];
    expect(asked).toEqual([
      [WEATHER, 'Weather Station', "The header says “none”: do none of the archive's warnings apply?", labels],
      [QUIET, 'Тихий час', "The header says “нет”: do none of the archive's warnings apply?", labels],
    ]);
    await decide(...(list.find((one) => one.work === WEATHER)?.answers[0]?.edits ?? []));
    expect((await work(WEATHER)).work.archive.warnings).toEqual(['No Archive Warnings Apply']);
    expect((await questions()).map((one) => one.work)).not.toContain(WEATHER);
    expect((await works()).works[1]?.doubts).toEqual([]);
  });
});

describe('the file', () => {
  it('that was edited by hand meanwhile is noticed once and not written over', async () => {
    await served.get('state');
    await decide(set(['works', FROST, 'looked'], true));
    expect((await served.get<State>('state')).decisions.editedElsewhere).toBe(false);
    const file = join(out, 'decisions.yaml');
    writeFileSync(file, `# by hand\n${readFileSync(file, 'utf8')}    title: Hers\n`);
    expect((await works()).works[0]).toMatchObject({ title: 'Hers', looked: true });
    expect((await served.get<State>('state')).decisions.editedElsewhere).toBe(true);
    expect((await served.get<State>('state')).decisions.editedElsewhere).toBe(false);
    await decide(set(['works', FROST, 'rating'], 'Mature'));
    expect(readFileSync(file, 'utf8')).toContain('# by hand');
    expect((await work(FROST)).decided).toEqual({ title: 'Hers', rating: 'Mature' });
  });

  it('that is broken is shown with its line, changes nothing, and the works stay', async () => {
    await decide(set(['works', FROST, 'title'], 'Hers'));
    writeFileSync(join(out, 'decisions.yaml'), `works:\n  ${FROST}:\n    tilte: Hers\n`);
    expect((await served.get<State>('state')).decisions.trouble).toMatch(/^decisions\.yaml, line 3: /);
    expect(await titles()).toEqual(['Hers', ...ALL.slice(1)]);
    await expect(decide(set(['works', FROST, 'looked'], true))).rejects.toThrow(
      /409 decisions\.yaml, line 3: .*Nothing was changed/,
    );
    await expect(served.post('undo')).rejects.toThrow('409 ');
  });

  it('refuses what is no decision', async () => {
    await expect(decide(set(['works', FROST, 'published'], 'last May'))).rejects.toThrow(
      'a date such as 2009-05-31 was expected',
    );
  });
});

describe('the text beside the original', () => {
  it('marks the lines of the header by what was read from them', async () => {
    const post = await text(WEATHER);
    expect(post).toMatchObject({
      entry: WEATHER,
      subject: 'FIC: Weather Station (SGA, McKay/Sheppard, R)',
      restricted: false,
    });
    const taken = post.lines.filter((line) => line.taken).map(({ number, field }) => [number, field]);
    expect(taken).toEqual([
      [1, 'title'],
      [2, 'authors'],
      [3, 'fandoms'],
      [4, 'relationships'],
      [5, 'rating'],
      [6, 'wordCount'],
      [7, 'status'],
      [8, 'warnings'],
      [9, 'summary'],
    ]);
    expect(post.lines[4]).toEqual({ number: 5, text: 'Rating: R', taken: true, field: 'rating' });
    expect(post.lines[9]?.text).toBe('The barometer said stormy the way other people say I told you so.');
    expect(post.html).toMatch(/^<p>The barometer said <i>stormy<\/i>/);
    expect(post.html).not.toContain('Rating');
  });

  it('shows what is no fic whole, and nothing that was not read', async () => {
    expect((await text(MASTER)).lines.some(({ taken }) => taken)).toBe(false);
    await expect(text(key(10 * 256 + 190))).rejects.toThrow('404 ');
    await expect(text(key(1))).rejects.toThrow('404 ');
  });
});

describe('names', () => {
  it('are those of the journal and of the vocabulary, the journal’s first', async () => {
    const suggest = async (field: string, typed: string, fandoms: string[] = []) =>
      (await served.get<Suggestions>('suggest', { field, text: typed, fandoms: fandoms.join('\n') })).names;
    expect((await suggest('fandoms', 'the glass'))[0]).toBe('The Glasshouse Line');
    expect(await suggest('characters', 'shep', ['Stargate Atlantis'])).toContain('John Sheppard');
    expect((await suggest('relationships', 'Rodney McKay/shep', ['Stargate Atlantis']))[0]).toBe(
      'Rodney McKay/John Sheppard',
    );
    expect(await suggest('rating', 'm')).toEqual(['Mature']);
    expect((await suggest('characters', 'a')).length).toBe(12);
    expect(await suggest('characters', '', ['Stargate Atlantis'])).toContain('Odile');
  });

  it('have limits', async () => {
    const limits = await served.get<Limits>('limits');
    expect(limits).toMatchObject({ title: 255, summary: 1250, notes: 5000, tag: 150, tags: 75 });
    expect(limits.ratings).toEqual(['Not Rated', 'General Audiences', 'Teen And Up Audiences', 'Mature', 'Explicit']);
    expect(limits.forbiddenInTags).toContain(',');
    expect(limits.languages).toContain('en');
  });
});

const STORY =
  'The lamp stood on the sill all night, and in the morning somebody had moved it a hand to the left. '.repeat(4);
const post = (itemid: number, own: Partial<Post>): Post => ({
  itemid,
  anum: itemid,
  style: 'modern',
  subject: `Fic: Story ${itemid}`,
  at: `2006-03-0${itemid}T10:00`,
  tags: ['fic'],
  is: 'fic',
  body: `Title: Story ${itemid}<br />Fandom: Lost<br />Rating: G<br /><br />${STORY}`,
  ...own,
});

describe('another journal', () => {
  it('shows neither pictures nor where a link was met, and a locked post only where that was asked for', async () => {
    const body = `Title: Glass<br />Fandom: Lost<br />Rating: G<br /><br />${STORY}<img src="https://pictures.example/a.png" alt="a lamp" /><a href="https://elsewhere.example/x"><img src="https://pictures.example/b.png" /></a> <a href="https://elsewhere.example/y">there</a><script>alert(1)</script>`;
    const small = await Ground.make([
      post(1, { body }),
      post(2, {
        security: 'friends',
        body: `Title: Locked<br />Fandom: Lost<br />Rating: G<br /><br />${STORY}heliotrope`,
      }),
    ]);
    try {
      const folder = await small.crawl('run', { cookies: small.cookies() });
      const open = await small.review({ out: folder });
      const [glass, locked] = [key(257), key(514)];
      const shown = await open.get<PostText>('text', { entry: glass });
      expect(shown.html).not.toMatch(/<img|pictures\.example|script|alert/);
      expect(shown.html).toContain(
        'a lamp<a href="https://elsewhere.example/x" rel="noreferrer noopener" target="_blank">[Picture]</a>',
      );
      expect(shown.html).toContain(
        '<a href="https://elsewhere.example/y" rel="noreferrer noopener" target="_blank">there</a>',
      );
      const { works: rows, leftOut } = await open.get<WorkList>('works');
      expect(rows.map(({ title }) => title)).toEqual(['Glass']);
      expect(leftOut).toMatchObject([{ entry: locked, reason: 'restricted', canTakeIn: false }]);
      await expect(open.get('text', { entry: locked })).rejects.toThrow('404 ');
      await open.close();

      const closed = await small.review({ out: folder, includeLocked: true });
      const both = (await closed.get<WorkList>('works')).works;
      expect(both.map(({ title, restricted }) => [title, restricted])).toEqual([
        ['Glass', false],
        ['Locked', true],
      ]);
      expect(await closed.get('text', { entry: locked })).toMatchObject({ restricted: true });
      await closed.close();
    } finally {
      await small.close();
    }
  });

  it('is read again when the vault has grown, and not while a job is under way', async () => {
    const growing = await Ground.make([post(1, {}), post(2, {}), post(3, {})]);
    const idle: Job = { kind: 'none', state: 'idle', visited: 0, fics: 0, told: [] };
    let busy = false;
    const desk = new Desk(() => busy, loadConfig(growing.config));
    try {
      desk.lay(startRun({ out: growing.at('output', 'run'), config: growing.config }));
      expect(await desk.works()).toMatchObject({ works: [], leftOut: [] });
      const state = desk.state(idle, []);
      expect([state.standing, state.job.state]).toEqual([undefined, 'idle']);

      await growing.crawl('run', { limit: 1 });
      desk.vaultChanged();
      const first = await desk.works();
      expect(first.works).toHaveLength(1);

      busy = true;
      await growing.crawl('run');
      desk.vaultChanged();
      expect(await desk.works()).toBe(first);
      expect(desk.state(idle, []).job.now).toBeUndefined();
      expect(desk.state({ ...idle, kind: 'crawl', state: 'running' }, []).standing).toBeUndefined();
      expect((await desk.text(first.works[0]?.key ?? '')).words).toBeGreaterThan(70);

      busy = false;
      await expect.poll(() => desk.state(idle, []).counts.works, { timeout: 20_000 }).toBe(3);
      expect(desk.state(idle, []).decisions.revision).not.toBe(first.revision);
    } finally {
      await desk.close();
      await growing.close();
    }
  });
});
