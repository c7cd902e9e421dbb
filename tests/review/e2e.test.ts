/**
 * What an author does, from an empty folder to a bundle: in a real browser, before the built program, over a journal on loopback.
 * `PICTURES=1` takes the pictures of the README anew.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bundle, verifyBundle } from '../../src/bundle/index.js';
import { LoopbackJournal } from '../journal/server.js';
import { haveProgram } from '../outside.js';
import { Program, Visitor } from './browser.js';
import { ENTRY_PAGE, until } from './jobs.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PICTURES = join('docs', 'pictures');
/** The nth page of an entry is held back until the author has done what she wants to do meanwhile. */
const HELD = 6;
const PAIRING = 'Odile Marchetti/Bram Voss';

describe.skipIf(!haveProgram('chromium'))('the author', () => {
  const home = mkdtempSync(join(tmpdir(), 'ficferry-author-'));
  const out = join(home, 'output', 'tarn_wick');
  const pages = () => journal.asked.map(({ path }) => path).filter((path) => ENTRY_PAGE.test(path));
  let letGo = () => {};
  let held: Promise<void>;
  /** From now on, what was asked before is forgotten, and the page is held back. */
  const hold = () => {
    held = new Promise((resolve) => {
      letGo = resolve;
    });
    if (journal) journal.asked.length = 0;
  };
  let journal: LoopbackJournal;
  let settings: string[];
  let program: Program;
  let she: Visitor;

  beforeAll(async () => {
    hold();
    journal = await LoopbackJournal.start({
      robots: 'User-agent: *\nDisallow: /calendar\n',
      before: async ({ path }) => {
        if (ENTRY_PAGE.test(path) && pages().length === HELD) await held;
        return false;
      },
    });
    settings = ['--config', journal.writeConfig(join(home, 'config.yaml'))];
    program = await Program.start(home, settings);
    she = await Visitor.open(program.url);
  });
  afterAll(async () => {
    letGo();
    await she?.close();
    await Program.endAll();
    await journal?.close();
    rmSync(home, { recursive: true, force: true });
  });

  const decisions = () => readFileSync(join(out, 'decisions.yaml'), 'utf8');
  /** Takes a picture for the README, where pictures are taken anew, and else among what goes. */
  const picture = async (name: string) => {
    const folder = join(process.env.PICTURES ? ROOT : home, PICTURES);
    mkdirSync(folder, { recursive: true });
    await she.page.screenshot({ path: join(folder, `${name}.png`) });
  };

  it('opens the page, whose secret does not stay in the address bar', async () => {
    await she.heading('Bring your stories home').waitFor();
    expect(she.page.url()).not.toContain(program.secret);
  });

  it('is told what her journal allows and how long it takes, before anything of it is read', async () => {
    await she.page.getByLabel('Address of your journal, or of any post in it').fill(journal.address);
    await she.page.getByLabel(/^I am of age/).check();
    await she.button('See what it comes to').click();
    const plan = she.page.getByRole('region', { name: 'What it comes to' });
    await plan.getByText(/robots\.txt of \S+ allows it/).waitFor();
    expect(await plan.innerText()).toMatch(/2 requests for an entry: 100 entries take about/);
    expect(pages()).toEqual([]);
  });

  it('begins to read, pauses behind the page in hand, and goes on to the end', async () => {
    await she.button('Start reading').click();
    await she.heading('Reading your journal').waitFor();
    await until(() => pages().length === HELD);
    await she.button('Pause').click();
    await she.heading('Pausing, once this page is read').waitFor();
    letGo();
    await she.heading('Paused').waitFor();
    expect(pages()).toHaveLength(HELD);
    await she.button('Go on').click();
    await she.heading('Your journal is read').waitFor();
    expect(new Set(pages()).size).toBe(pages().length);
  });

  it('finds her works, by search and by filters', async () => {
    await she.goTo('Works');
    await she.page.getByText('10 works', { exact: true }).first().waitFor();
    await picture('review-works');
    await she.page.getByRole('searchbox').fill('salt');
    await expect.poll(() => she.titles()).toEqual(['The Salt Road']);
    await she.page.getByRole('searchbox').fill('');
    await she.page.getByRole('combobox', { name: /^Fandom/ }).selectOption({ label: 'Stargate Atlantis (2)' });
    await expect.poll(() => she.titles()).toEqual(['Warm Front', 'Weather Station']);
    await she.button('Clear').click();
    await expect.poll(async () => (await she.titles()).length).toBe(10);
  });

  it('corrects a pairing in one work, and everywhere', async () => {
    await she.openWork('Ledger of Small Debts');
    await she.button('Change relationships').click();
    const form = she.page.getByRole('form', { name: 'Change: Relationships' });
    await she.button('Change Odile/Bram', form).click();
    await form.getByRole('combobox').fill(PAIRING);
    await form.getByRole('combobox').press('Enter');
    await she.button('Save', form).click();
    await she.saved('relationships of Ledger of Small Debts');
    const offer = she.page.getByRole('region', { name: 'Apply everywhere' });
    await offer.getByText('Does “Odile/Bram” always mean').waitFor();
    await picture('review-work');
    await she.button('Yes, everywhere', offer).click();
    await she.saved('“Odile/Bram” is');
    expect(decisions()).toContain(PAIRING);
  });

  it('splits a chapter off', async () => {
    await she.openWork('The Salt Road');
    await she.button(/chapter 2\b.*work of its own|work of its own.*chapter 2\b/i).click();
    await she.saved('chapter 2');
    await expect.poll(() => she.button(/chapter 3\b/i).count()).toBe(0);
  });

  it('leaves one fic out, takes it back by Undo, and leaves it out', async () => {
    await she.openWork('Noon, A');
    await she.button('Take this work out').click();
    await she.saved('Noon, A is taken out');
    await she.page.getByRole('banner').getByRole('button', { name: /^Undo/ }).click();
    await she.page.getByText('Taken back: Noon, A is taken out').waitFor();
    await she.openWork('Noon, A');
    await she.button('Take this work out').click();
    await she.saved('Noon, A is taken out');
  });

  it('takes in a post that was not read as a story', async () => {
    await she.goTo('Left out');
    await she.page.getByRole('searchbox').fill('poll');
    await she.button(/^Take\b.*Poll: what next\?/).click();
    await she.saved('“Poll: what next?” is taken in');
  });

  it('goes through her works by keyboard alone: next, open, approve, undo', async () => {
    await she.goTo('Works');
    await she.page.getByRole('searchbox').fill('');
    await expect.poll(async () => (await she.titles()).length).toBe(11);
    await she.page.getByRole('heading', { level: 1 }).focus();
    await she.page.keyboard.press('j');
    await she.page.keyboard.press('Enter');
    await she.page.getByRole('heading', { level: 2, name: 'Chapters' }).waitFor();
    const title = await she.page.getByRole('heading', { level: 1 }).innerText();
    await she.page.keyboard.press('a');
    await she.saved(`${title} is looked at`);
    expect(decisions()).toContain('looked: true');
    await she.page.keyboard.press('u');
    await she.page.getByText(`Taken back: ${title} is looked at`).waitFor();
    expect(decisions()).not.toContain('looked: true');
  });

  it('loses nothing that was saved when the program dies', async () => {
    await she.openWork('First Frost');
    await she.button('Change rating').click();
    await she.page.getByRole('radio', { name: 'Mature' }).check();
    await she.button('Save').click();
    await she.saved('rating of First Frost');
    await program.stop('SIGKILL');
    program = await Program.start(home, settings);
    await she.page.goto(program.url);
    await she.openWork('First Frost');
    await she.page.getByText('Mature', { exact: true }).first().waitFor();
  });

  it('quits, and finds everything as she left it when she starts again', async () => {
    const before = decisions();
    expect(await program.stop()).toBe(0);
    await she.page.getByText('ficferry does not answer any more.').first().waitFor();
    const old = program.secret;
    program = await Program.start(home, settings);
    expect(program.secret).not.toBe(old);
    await she.page.goto(program.url);
    await she.goTo('Works');
    await she.page.getByText('11 works', { exact: true }).first().waitFor();
    expect(await she.titles()).toEqual(
      [
        'Branch Line',
        'First Frost',
        'Instructions for the Stove',
        'Ledger of Small Debts',
        'Noon, B',
        'Poll: what next?',
        'The Salt Road',
        'The Salt Road',
        'Warm Front',
        'Weather Station',
        'Тихий час',
      ].sort(),
    );
    expect(decisions()).toBe(before);
  });

  it('approves all that leaves no doubt', async () => {
    await she.button(/^Approve all without doubts/).click();
    await she.saved('');
    expect(decisions()).toContain('looked: true');
  });

  it('makes the bundle, ticks what is through, and copies a work for the archive’s form', async () => {
    await she.goTo('Hand over', 'Hand it over');
    await she.button('Make the bundle').click();
    await she.page.getByText('It is made, and up to date.').waitFor();
    const ledger = she.page.getByRole('listitem').filter({ hasText: 'Ledger of Small Debts' }).first();
    await she
      .button(/for the archive/, ledger)
      .first()
      .click();
    await expect.poll(() => she.clipboard()).toContain('there were eleven pears on the step');
    await she.page.getByRole('checkbox', { name: 'Weather Station' }).first().check();
    await expect.poll(() => existsSync(join(out, 'done.json'))).toBe(true);
    await she.page.getByLabel('Address of the folder on your host').fill('https://you.example.org/moving/');
    await she.button('Plan the import').click();
    await she.heading(/^Go 1 of \d+$/).waitFor();
  });

  it('finds all of it in the bundle', async () => {
    const folder = join(out, 'tarn_wick-bundle');
    expect(await verifyBundle(folder)).toMatchObject({ ok: true });
    const bundle = Bundle.parse(JSON.parse(readFileSync(join(folder, 'data', 'bundle.json'), 'utf8')));
    const paired = bundle.works.filter(({ archive }) => archive.relationships.includes(PAIRING));
    expect(paired.map(({ title }) => title).sort()).toEqual([
      'Branch Line',
      'Ledger of Small Debts',
      'The Salt Road',
      'The Salt Road',
    ]);
    expect(bundle.works.flatMap(({ archive }) => archive.relationships)).not.toContain('Odile/Bram');
    const roads = bundle.works.filter(({ title }) => title === 'The Salt Road');
    expect(roads.map(({ chapters }) => chapters.length).sort()).toEqual([1, 2]);
    expect(bundle.works.find(({ title }) => title === 'First Frost')?.archive.rating).toBe('Mature');
    const titles = bundle.works.map(({ title }) => title);
    expect(titles).not.toContain('Noon, A');
    expect(titles).toContain('Poll: what next?');
    const taken = bundle.leftOut.filter(({ reason }) => reason === 'decided');
    expect(taken.map(({ subject }) => subject)).toEqual(['Ficlet: Noon, A']);
    expect(Object.values(JSON.parse(readFileSync(join(out, 'done.json'), 'utf8')).works)).toEqual(['Weather Station']);
  });

  it('lets nothing out of her machine, and the secret into no file', () => {
    const elsewhere = she.desk.asked.filter((asked) => !/^\w+ (http:\/\/127\.0\.0\.1:\d+\/|data:|blob:)/.test(asked));
    expect(elsewhere).toEqual([]);
    const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((item) => item.isFile());
    for (const { parentPath, name } of files) {
      const bytes = readFileSync(join(parentPath, name), 'latin1');
      expect(bytes.includes(program.secret), join(parentPath, name)).toBe(false);
    }
  });

  it('leaves at once with a second Ctrl-C', async () => {
    const hurried = join(home, 'hurried');
    mkdirSync(hurried);
    hold();
    const other = await Program.start(hurried, [journal.address, ...settings]);
    await she.page.goto(other.url);
    await she.button('See what it comes to').click();
    await she.button('Start reading').click();
    await until(() => pages().length === HELD);
    void other.stop();
    await until(() => other.said.includes('Press Ctrl-C again to leave at once'));
    expect(await other.stop()).toBe(130);
    letGo();
  });

  it('finishes the page in hand when the program is ended while it reads, and goes on in the next', async () => {
    // A crawl of all that is held is over in a moment; a fresh folder has everything to ask for.
    const fresh = join(home, 'fresh');
    mkdirSync(fresh);
    hold();
    const other = await Program.start(fresh, settings);
    await she.page.goto(other.url);
    await she.page.getByLabel('Address of your journal, or of any post in it').fill(journal.address);
    await she.button('See what it comes to').click();
    await she.button('Start reading').click();
    await until(() => pages().length === HELD);
    const ended = other.stop();
    await until(() => other.said.includes('a page in hand is finished first'));
    letGo();
    expect(await ended).toBe(0);
    expect(pages()).toHaveLength(HELD);
    const next = await Program.start(fresh, settings);
    await she.page.goto(next.url);
    // What she said is there already.
    await she.heading('The journal tarn_wick').waitFor();
    await she.page.getByText('Read the journal once more').click();
    expect(await she.page.getByLabel('Address of your journal, or of any post in it').inputValue()).toBe(
      journal.address,
    );
    await she.button('See what it comes to').click();
    await she.button('Start reading').click();
    await she.heading('Your journal is read').waitFor();
    expect(new Set(pages()).size).toBe(pages().length);
    expect(await next.stop()).toBe(0);
  });
});

describe('the pictures of the README’s chapter', () => {
  it('stand in the repository', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const chapter = readme.slice(readme.indexOf('### In your browser'), readme.indexOf('### Carry your journal'));
    const named = [...chapter.matchAll(/!\[[^\]]+\]\((docs\/pictures\/[\w-]+\.png)\)/g)].map((match) => match[1]);
    expect(named).toEqual(['docs/pictures/review-works.png', 'docs/pictures/review-work.png']);
    for (const path of named) expect(existsSync(join(ROOT, path as string)), path).toBe(true);
  });
});
