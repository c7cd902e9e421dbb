/**
 * The review page in a real browser, before a made-up server: what a person does in each view, by mouse and by keyboard alone, in
 * light and dark, at a desk and on a phone; and what no text may do to her.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { haveProgram } from '../outside.js';
import { CHROMIUM, SWITCHES } from '../text/browser.js';
import { keyOf, largeJournal, smallJournal } from './madeUp.js';
import { Stub } from './stub.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Every view, by its address. */
const VIEWS: Record<string, string> = {
  begin: '#/begin',
  works: '#/works',
  work: `#/work/${keyOf(51)}`,
  questions: '#/questions',
  'left-out': '#/left-out',
  'hand-over': '#/hand-over',
};

/** A busy machine's browser may sleep for seconds. */
const PATIENCE = 20_000;
const PAINTS_LATE = `
  const late = window.setTimeout;
  window.setTimeout = (work, wait = 0, ...rest) => late(work, wait + 1000, ...rest);
  window.requestAnimationFrame = (work) => late(work, 1000);`;

describe.skipIf(!haveProgram('chromium'))('the review page', () => {
  let browser: Browser;
  let stub: Stub;
  let page: Page;
  /** What the browser complained of, and asked elsewhere. */
  let troubles: string[];
  let elsewhere: string[];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: SWITCHES });
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    await page.context().close();
    await stub.close();
    expect(troubles).toEqual([]);
    expect(elsewhere).toEqual([]);
  });

  interface Opening {
    journal?: ReturnType<typeof smallJournal>;
    isRead?: boolean;
    view?: string;
    width?: number;
    dark?: boolean;
    hasPolicy?: boolean;
    /** What the browser runs before the page. */
    before?: string;
  }

  async function open({
    journal,
    isRead = true,
    view,
    width = 1280,
    dark = false,
    hasPolicy = true,
    before = '',
  }: Opening = {}): Promise<void> {
    stub = await Stub.start(journal ?? smallJournal(), { isRead });
    const context = await browser.newContext({
      viewport: { width, height: width < 600 ? 844 : 900 },
      bypassCSP: !hasPolicy,
      colorScheme: dark ? 'dark' : 'light',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    if (before) await context.addInitScript(before);
    page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    troubles = [];
    elsewhere = [];
    page.on('console', (message) => {
      if (message.type() === 'error') troubles.push(message.text());
    });
    page.on('pageerror', (error) => troubles.push(error.message));
    context.on('request', (request) => {
      if (new URL(request.url()).origin !== stub.origin) elsewhere.push(request.url());
    });
    await page.goto(stub.url);
    await heading().waitFor();
    if (view) await turnTo(view);
  }

  async function turnTo(view: string): Promise<void> {
    await page.evaluate(`location.hash = ${JSON.stringify(VIEWS[view] ?? view)}`);
    await until(`document.querySelector('main').className !== 'view-begin' || ${view === 'begin'}`);
    await heading().waitFor();
  }

  /** Asked by the browser's own console: the page's policy evaluates no text. */
  const until = (expression: string): Promise<void> =>
    expect.poll(() => page.evaluate(expression), { timeout: PATIENCE }).toBe(true);
  const heading = (): Locator => page.locator('h1');
  const button = (name: string | RegExp): Locator =>
    page.getByRole('button', { name, exact: typeof name === 'string' });
  const choice = (name: string): Locator => page.getByRole('combobox', { name, exact: true });
  const field = (name: string): Locator => page.locator(`#field-${name}`);
  const titles = (): Promise<string[]> => page.locator('.virtual .work-title').allInnerTexts();
  const said = (text: string | RegExp): Promise<void> => page.locator('.notice', { hasText: text }).waitFor();
  /** What has the focus, by its name for those who hear the page. */
  const focused = (): Promise<string> =>
    page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText");

  describe('its key', () => {
    it('leaves the address bar, and goes with every question', async () => {
      await open();
      expect(page.url()).not.toContain(stub.secret);
      await page.reload();
      await heading().waitFor();
      expect(await heading().innerText()).toBe('The journal lampwright');
    });

    it('is asked for where there is none', async () => {
      await open();
      const other = await (await browser.newContext()).newPage();
      await other.goto(stub.origin);
      expect(await other.locator('main').innerText()).toContain('needs the key');
      await other.context().close();
    });
  });

  describe('a browser that paints late', () => {
    it('shows the answers that came before', async () => {
      await open({ before: PAINTS_LATE });
      expect(await heading().innerText()).toBe('The journal lampwright');
      await turnTo('works');
      await expect.poll(titles).not.toEqual([]);
    });
  });

  describe('begin', () => {
    it('tells what it comes to, starts, pauses and goes on', async () => {
      await open({ isRead: false });
      await page.getByLabel('Address of your journal').fill('https://lampwright.livejournal.example/');
      await page.getByLabel('Your e-mail address').fill('me@example.org');
      await button('See what it comes to').click();
      await page.getByText('The journal asks robots to keep out.').waitFor();
      await page.getByLabel('It is mine, or I have its owner’s leave').check();
      expect(await page.getByText('The journal asks robots').count()).toBe(0);
      await button('See what it comes to').press('Enter');
      await page.getByText('about 400 pages').waitFor();
      await expect.poll(focused).toBe('What it comes to');
      await button('Start reading').click();
      await page.getByRole('heading', { name: 'Reading your journal' }).waitFor();
      await button('Pause').click();
      await page.getByRole('heading', { name: 'Paused' }).waitFor();
      await button('Go on').click();
      await page.getByRole('heading', { name: 'Your journal is read' }).waitFor();
      const begin = { address: 'https://lampwright.livejournal.example/', contact: 'me@example.org', mine: true };
      expect(stub.begun).toEqual(
        [begin, begin].map((one) => ({ ...one, adult: false, images: false, includeLocked: false })),
      );
      await page.getByRole('link', { name: 'Answer the questions' }).click();
      await page.getByText('4 questions left').waitFor();
    });

    it('says how far what an earlier run fetched is gone through, and why it can’t be', async () => {
      await open({ isRead: false });
      stub.job = { ...stub.job, kind: 'none', now: 'Reading what was fetched: 120 entries' };
      stub.hasRun = true;
      await page.getByText('Reading what was fetched: 120 entries.').waitFor();
      stub.job = { ...stub.job, state: 'failed', now: undefined, error: { message: 'The vault is damaged.' } };
      await page.getByRole('alert').getByText('The vault is damaged.').waitFor();
    });

    it('goes on with a journal of before', async () => {
      await open({ isRead: false });
      await button('lampwright').click();
      await page.getByRole('heading', { name: 'The journal lampwright' }).waitFor();
      const next = page.locator('.way [aria-current=step]');
      expect(await next.innerText()).toContain('Answer questions');
    });

    it('says what failed, and what to do', async () => {
      await open({ isRead: false });
      await page.getByLabel('Address of your journal').fill('https://elsewhere.example/');
      await button('See what it comes to').click();
      await page.getByText('This is no journal that ficferry knows.').waitFor();
      expect(await page.locator('.refused').innerText()).toContain('Try once more.');
      troubles.length = 0; // the browser names every answer of 400
    });
  });

  describe('works', () => {
    it('are searched and narrowed, doubts first', async () => {
      await open({ view: 'works' });
      expect((await titles()).slice(0, 3)).toEqual(['Salt on the Sill', 'Untitled', 'The Lamp Room']);
      await page.getByRole('searchbox').fill('TIDE');
      await page.getByText('1 of 12 works').waitFor();
      expect(await titles()).toEqual(['The Long Tide']);
      await page.getByRole('searchbox').fill('');
      await choice('Fandom').selectOption('Stargate Atlantis');
      await choice('Chapters').selectOption('several');
      expect(await titles()).toEqual(['Winter Quarters']);
      await button('Clear').click();
      await choice('Rating').selectOption({ label: 'No rating (1)' });
      expect(await titles()).toEqual(['Salt on the Sill']);
      await button('Clear').click();
      await choice('Show').selectOption('Locked');
      expect(await titles()).toEqual(['The Quiet Ward']);
      await choice('Show').selectOption('On the archive');
      expect(await titles()).toEqual(['Harbour Lights']);
      await choice('Show').selectOption('Needs a look');
      await page.getByText('6 of 12 works').waitFor();
    });

    it('without doubts are approved at once, and that is taken back', async () => {
      await open({ view: 'works' });
      await button('Approve all without doubts (6)').click();
      await said('6 works without doubts looked at');
      await page.getByText('Looked at 6 of 12').waitFor();
      expect(await button(/Approve all/).count()).toBe(0);
      await page.locator('.notice').getByRole('button', { name: 'Undo' }).click();
      await page.getByText('Looked at 0 of 12').waitFor();
      expect(stub.decisions).toEqual({});
    });

    it('are walked through by keys, never while typing', async () => {
      await open({ view: 'works' });
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await expect.poll(focused).toBe('Untitled');
      await page.keyboard.press('k');
      await expect.poll(focused).toBe('Salt on the Sill');
      await page.keyboard.press('a');
      await said('Salt on the Sill is looked at');
      expect(stub.decisions.works).toEqual({ [keyOf(61)]: { looked: true } });
      await until("document.activeElement.innerText === 'Untitled'");
      await page.keyboard.press('u');
      await said('Taken back');
      expect(stub.decisions).toEqual({});
      await page.keyboard.press('/');
      await page.keyboard.type('jau?');
      expect(await page.getByRole('searchbox').inputValue()).toBe('jau?');
      expect(stub.decisions).toEqual({});
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await page.getByRole('heading', { name: 'Keys' }).waitFor();
      await page.getByLabel('Use these keys').uncheck();
      await page.keyboard.press('Escape');
      await page.keyboard.press('/');
      await expect.poll(focused).not.toContain('Search works');
    });

    it('are left and come back to, where they were', async () => {
      await open({ view: 'works', journal: largeJournal(400) });
      await choice('Order').selectOption('title');
      await page.mouse.wheel(0, 9000);
      await until('window.scrollY > 5000');
      const link = page.locator('.virtual .work-title a').nth(9);
      const title = await link.innerText();
      await link.click();
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await page.goBack();
      await until(`document.activeElement.innerText === ${JSON.stringify(title)}`);
      expect(await page.evaluate('window.scrollY')).toBeGreaterThan(5000);
    });

    it('are drawn where the screen is, and no more', async () => {
      await open({ view: 'works', journal: largeJournal(2000) });
      expect(await page.locator('.virtual li').count()).toBeLessThan(60);
      await page.evaluate('window.scrollTo(0, document.body.scrollHeight)');
      await page.locator('.virtual li[aria-posinset="2000"]').waitFor();
      expect(await page.locator('.virtual li').first().getAttribute('aria-setsize')).toBe('2000');
    });
  });

  describe('a work', () => {
    it('leads from a field to the line it was read from, and back', async () => {
      await open({ view: 'work' });
      await field('relationships').getByRole('button', { name: 'from the header, line 3' }).click();
      const line = page.locator('.lines .found');
      expect(await line.innerText()).toContain('Pairing: Mark/Alex');
      expect(await page.evaluate('document.activeElement.dataset.line')).toBe('3');
      expect(await page.locator('.lines .taken').count()).toBe(4);
      await button('Back to relationships').click();
      await expect.poll(focused).toBe('from the header, line 3');
    });

    it('has a pairing corrected with suggestions, and everywhere', async () => {
      await open({ view: 'works' });
      await page.getByRole('link', { name: 'The Long Tide' }).click();
      await button('Change relationships').click();
      await button('Change Mark/Alex').click();
      const box = page.getByRole('combobox', { name: 'Relationships: add a name' });
      expect(await box.inputValue()).toBe('Mark/Alex');
      await box.fill('sloan karev');
      await page.getByRole('option', { name: 'Mark Sloan/Alex Karev' }).waitFor();
      await box.press('ArrowDown');
      expect(await box.getAttribute('aria-activedescendant')).toBe('edit-relationships-0');
      await box.press('Enter');
      await button('Save').click();
      await said('relationships of The Long Tide');
      expect(stub.decisions.works).toEqual({ [keyOf(51)]: { relationships: ['Mark Sloan/Alex Karev'] } });
      await page.getByText('3 other works have it, too.').waitFor();
      await button('Yes, everywhere').click();
      await said('everywhere');
      expect(stub.decisions.rules).toEqual({ names: { 'Mark/Alex': 'Mark Sloan/Alex Karev' } });
      await page.getByRole('link', { name: 'All works' }).click();
      await choice('Pairing').selectOption('Mark Sloan/Alex Karev');
      await page.getByText('4 of 12 works').waitFor();
    });

    it('counts while its title is typed, and takes an empty one not', async () => {
      await open({ view: 'work' });
      await button('Change title').click();
      const box = page.getByRole('textbox', { name: 'Title' });
      await expect.poll(focused).toBe('Title');
      await box.fill('Love & Tea');
      await page.getByText('14 of 255 characters').waitFor(); // the archive counts &amp;
      await box.fill('x'.repeat(260));
      await page.getByText(', 5 too many').waitFor();
      await box.fill(' ');
      await box.press('Enter');
      await page.getByText('It needs a text.').waitFor();
      expect(stub.decisions).toEqual({});
      await box.fill('Ebb');
      await box.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Ebb' }).waitFor();
      await expect.poll(focused).toBe('Change title');
      await button('Take back: title').click();
      await page.getByRole('heading', { level: 1, name: 'The Long Tide' }).waitFor();
      expect(stub.decisions).toEqual({});
      await button('Change title').click();
      await box.fill('Never mind');
      await box.press('Escape');
      await expect.poll(focused).toBe('Change title');
    });

    it('has every other field changed in place', async () => {
      await open({ view: `#/work/${keyOf(61)}` });
      await button('Change rating').click();
      await page.getByRole('radio', { name: 'Mature' }).check();
      await button('Save').click();
      await said('rating');
      await button('Change archive warnings').click();
      await page.getByRole('checkbox', { name: 'Choose Not To Use' }).uncheck();
      await page.getByRole('checkbox', { name: 'Major Character Death' }).check();
      await button('Save').click();
      await said('archive warnings');
      await button('Change additional tags').click();
      const tags = page.getByRole('combobox', { name: 'Additional tags: add a name' });
      await tags.fill('a{b');
      await page.getByText('“a{b” holds "{", which no tag may.').waitFor();
      await tags.fill('Rain,');
      await tags.pressSequentially('Sea');
      await button('Take out Angst').click();
      await button('Save').click();
      await said('additional tags');
      await button('Change summary').click();
      await page.getByRole('textbox', { name: 'Summary' }).fill('Salt.\n\nSea.');
      await page.getByText('24 of 1,250 characters').waitFor(); // <p>Salt.</p>, a line's end, <p>Sea.</p>
      await button('Save').click();
      await said('summary');
      await button('Change series').click();
      await page.getByLabel('Name of the series').fill('Coast');
      await page.getByLabel('Which part').fill('2');
      await button('Save').click();
      await said('series');
      await button('Change chapters planned').click();
      await page.getByRole('radio', { name: 'It is not finished' }).check();
      await page.getByLabel('Chapters there will be').fill('3');
      await button('Save').click();
      await said('chapters planned');
      await button('Change language').click();
      await choice('Language').selectOption('German');
      await button('Save').click();
      await said('language');
      await button('Change first posted').click();
      await page.getByLabel('First posted', { exact: true }).fill('2008-10-01');
      await button('Save').click();
      await said('first posted');
      await button('Change on the archive already').click();
      await page.getByRole('radio', { name: 'It is there, at this address' }).check();
      await page.getByLabel('Its address on the archive').fill('https://archive.example/works/77');
      await button('Save').click();
      await said('on the archive');
      expect(stub.decisions.works?.[keyOf(61)]).toEqual({
        rating: 'Mature',
        warnings: ['Major Character Death'],
        additionalTags: ['Rain', 'Sea'],
        summary: 'Salt.\n\nSea.',
        series: { name: 'Coast', number: 2 },
        complete: false,
        expectedChapters: 3,
        language: 'de',
        published: '2008-10-01',
        onArchive: 'https://archive.example/works/77',
      });
    });

    it('has its chapters moved, split off, joined and left out', async () => {
      await open({ view: 'work' });
      const chapters = () => page.locator('.chapters .chapter-head .link').allInnerTexts();
      await button('Move chapter 3, Interlude down').press('Enter');
      await until("document.querySelectorAll('.chapter-head .link')[3]?.innerText === 'Interlude'");
      await until("document.activeElement.dataset.move === 'down'");
      expect(await chapters()).toEqual(['Ebb', 'Slack Water', 'Flood', 'Interlude']);
      await button('Make chapter 4, Interlude a work of its own').click();
      await said('a work of its own');
      await until("document.querySelectorAll('.chapters > li').length === 3");
      await button('Leave out chapter 3, Flood').click();
      await said('left out');
      await until("document.querySelectorAll('.chapters > li').length === 2");
      await button('Move chapter 2, Slack Water up').click();
      await page.waitForURL(`**/${keyOf(52)}`);
      await until("document.querySelector('.chapter-head .link')?.innerText === 'Slack Water'");
      await button('Join with another work…').click();
      const box = page.getByRole('combobox', { name: 'Title of the other work' });
      await box.fill('interl');
      await page.getByRole('option', { name: /Interlude/ }).click();
      await button('Save').click();
      await said('Interlude is part of The Long Tide');
      await until("document.querySelectorAll('.chapters > li').length === 3");
      expect(await chapters()).toEqual(['Slack Water', 'Ebb', 'Chapter 3']);
    });

    it('is taken out, and in again', async () => {
      await open({ view: 'works' });
      await page.getByRole('link', { name: 'Winter Quarters' }).click();
      await button('Take this work out').click();
      await said('Winter Quarters is taken out');
      await turnTo('left-out');
      await page.getByText('8 posts').waitFor();
      await button('Take in Winter Quarters').first().click();
      await said('is taken in');
      expect(stub.decisions).toEqual({});
    });

    it('is approved by key, and the next one of the list comes', async () => {
      await open({ view: 'works' });
      await choice('Fandom').selectOption('Stargate Atlantis');
      await choice('Order').selectOption('title');
      await page.getByRole('link', { name: 'A Map of Small Rooms' }).click();
      await page.getByText('1 of 3').waitFor();
      await page.keyboard.press('a');
      await page.getByRole('heading', { level: 1, name: 'What the Gate Said' }).waitFor();
      expect(stub.decisions.works).toEqual({ [keyOf(70)]: { looked: true } });
      await page.keyboard.press('k');
      await page.getByRole('heading', { level: 1, name: 'A Map of Small Rooms' }).waitFor();
      await page.keyboard.press('ArrowRight');
      await page.getByRole('heading', { level: 1, name: 'What the Gate Said' }).waitFor();
      await page.keyboard.press('j');
      await page.getByRole('heading', { level: 1, name: 'Winter Quarters' }).waitFor();
      await page.keyboard.press('a');
      await page.getByRole('heading', { level: 1, name: 'Works' }).waitFor();
    });

    it('shows what each chapter will be, and was', async () => {
      await open({ view: 'work' });
      await button('Flood').click();
      await page.getByText('part 4 of it was told in line 2,').first().waitFor();
      await choice('Chapter').selectOption('2. Slack Water');
      await page.getByText('part 2 of it was told in line 2,').first().waitFor();
    });
  });

  describe('questions', () => {
    it('are answered one by one, and alike', async () => {
      await open({ view: 'questions' });
      await page.getByRole('button', { name: 'It is complete as it is, for The Long Tide' }).click();
      await page.getByText('3 questions left').waitFor();
      await page.getByRole('group').getByRole('button', { name: 'No archive warnings apply' }).click();
      await page.getByText('Nothing is left to ask.').waitFor();
      const none = { warnings: ['No Archive Warnings Apply'] };
      expect(stub.decisions.works).toEqual({
        [keyOf(51)]: { complete: true },
        [keyOf(40)]: none,
        [keyOf(61)]: none,
        [keyOf(62)]: none,
      });
    });

    it('lead on to the next by keyboard', async () => {
      await open({ view: 'questions' });
      await page.getByRole('button', { name: 'I choose not to say, for The Lamp Room' }).press('Enter');
      await until("document.activeElement.getAttribute('aria-label')?.startsWith('Salt on the Sill')");
    });

    it('are answered in the work where no button fits', async () => {
      await open({ view: 'questions' });
      await page.getByRole('link', { name: 'Something else, for Salt on the Sill' }).click();
      await page.getByRole('form', { name: 'Change: Archive warnings' }).waitFor();
      await until("document.activeElement.type === 'checkbox'");
    });
  });

  it('a post that was left out is read, and taken in', async () => {
    await open({ view: 'left-out' });
    await choice('Reason').selectOption({ label: 'Not read as a story (3)' });
    await button('Read The Keeper’s Book').click();
    await page.getByRole('dialog').getByText('told in line 2,').first().waitFor();
    await button('Take in').click();
    await said('“The Keeper’s Book” is taken in');
    expect(stub.decisions).toEqual({ entries: { [keyOf(20_001)]: { kind: 'fic' } } });
    await turnTo('works');
    expect(await titles()).toContain('The Keeper’s Book');
  });

  describe('hand-over', () => {
    const copied = (): Promise<string> => page.evaluate('navigator.clipboard.readText()');

    it('makes the bundle, and shows where it is', async () => {
      await open({ view: 'hand-over' });
      await button('Make the bundle').click();
      await page.getByText('10 works ready.').waitFor();
      expect(await page.getByText('/lampwright-bundle', { exact: false }).first().innerText()).toContain(
        stub.bundle?.folder,
      );
      await button('Open its folder').click();
      await button('Open its overview').click();
      await button('Copy where it lies').click();
      await expect.poll(copied).toBe(stub.bundle?.folder);
      expect(stub.opened).toEqual(['bundle', 'index']);
    });

    it('copies fields, texts and forms, and ticks', async () => {
      await open({ view: 'hand-over' });
      await button('Make the bundle').click();
      await button('Copy for the archive: The Lamp Room').click();
      await expect.poll(copied).toContain(keyOf(40));
      await button('Field by field: The Long Tide').click();
      await button('Copy Rating of The Long Tide').click();
      await expect.poll(copied).toBe('Teen And Up Audiences');
      await button('Copy for the archive: Ebb, The Long Tide').click();
      await expect.poll(copied).toContain(`${keyOf(51)} 1`);
      await button('Copy the text of Ebb, The Long Tide').click();
      await expect.poll(copied).toBe('<p>The whole text.</p>');
      await page.getByRole('checkbox', { name: 'Through: The Lamp Room' }).check();
      await page.getByText('1 of 12 works through').waitFor();
      expect([...stub.done]).toEqual([keyOf(40)]);
      await page.getByRole('checkbox', { name: 'Through: The Lamp Room' }).uncheck();
      await page.getByText('0 of 12 works through').waitFor();
    });

    it('plans an import by address', async () => {
      await open({ view: 'hand-over' });
      await button('Make the bundle').click();
      await page.getByLabel('Address of the folder on your host').fill('https://me.example.org/moving/');
      await button('Plan the import').click();
      await page.getByText('Post the drafts by 31 May 2030').waitFor();
      await button('Copy the addresses of Go 1 of 1').click();
      await expect.poll(copied).toMatch(/^https:\/\/me\.example\.org\/moving\/the-lamp-room\.html\n/);
      await button('All of these are through').click();
      await page.getByText('3 of 12 works through').waitFor();
    });
  });

  describe('what stands in the way', () => {
    it('is said: decisions that can’t be read, and others’ edits', async () => {
      await open({ view: 'works' });
      stub.trouble = 'decisions.yaml:3: a list was expected';
      await page.getByText('decisions.yaml:3: a list was expected').waitFor();
      await button('Approve all without doubts (6)').click();
      await page.locator('.bad-notice', { hasText: 'can’t be read' }).waitFor();
      await button('Close').click();
      stub.trouble = undefined;
      stub.edit({ works: { [keyOf(61)]: { title: 'Salt and Sill' } } });
      await page.getByText('was changed outside this page').waitFor();
      await page.getByRole('link', { name: 'Salt and Sill' }).waitFor();
      await button('Good').click();
      expect(await page.getByText('was changed outside this page').count()).toBe(0);
      troubles.length = 0; // the browser names every answer of 400
    });

    it('is said: a program that is gone', async () => {
      await open({ view: 'works' });
      await stub.close();
      await page.getByText('ficferry does not answer any more.').first().waitFor();
      troubles.length = 0;
    });
  });

  it.each([
    ['by its policy', true],
    ['without its policy too', false],
  ])('runs nothing and asks nobody, whatever texts hold: %s', async (_, hasPolicy) => {
    await open({ view: 'works', hasPolicy });
    expect(await titles()).toContain('<img src=x onerror="window.hurt=1">');
    await turnTo(`#/work/${keyOf(90)}`);
    const story = page.locator('.after .story');
    await story.getByText('Last words.').waitFor();
    expect((await story.innerText()).split(/\n+/)).toEqual([
      'First words.',
      '[picture: a lamp]',
      'a link and another',
      'Last words.',
    ]);
    const inside = await page.evaluate(
      "[...document.querySelectorAll('.after .story *')].map((one) => [one.localName, ...one.getAttributeNames()].join(' '))",
    );
    expect([...new Set(inside as string[])].sort()).toEqual(['em', 'p', 'span class']);
    await story.getByText('words', { exact: true }).hover();
    await story.getByText('First').click();
    await story.getByText('a link').click();
    await page.waitForTimeout(300);
    expect(await page.evaluate('window.hurt')).toBeUndefined();
    expect(page.url()).toContain(stub.origin);
    // What the parser met is told by the policy although nothing of it was to run; without it nothing is told.
    if (hasPolicy) troubles = troubles.filter((text) => !text.includes('Content Security Policy'));
  });

  it('is walked through by keyboard alone: from the first Tab to an answered question', async () => {
    await open();
    await page.keyboard.press('Tab');
    await expect.poll(focused).toBe('To the content');
    await page.keyboard.press('Enter');
    await tabTo('Answer them');
    await page.keyboard.press('Enter');
    await until("document.activeElement.innerText === 'Questions'");
    await tabTo('I choose not to say, for The Lamp Room');
    await page.keyboard.press('Space');
    await page.getByText('3 questions left').waitFor();
    expect(stub.decisions.works).toEqual({ [keyOf(40)]: { warnings: ['Choose Not To Use Archive Warnings'] } });
  });

  async function tabTo(name: string): Promise<void> {
    for (let steps = 0; steps < 40; steps++) {
      await page.keyboard.press('Tab');
      if ((await focused()) === name) return;
    }
    throw new Error(`no Tab leads to ${name}`);
  }

  describe.each([
    { width: 1280, dark: false },
    { width: 1280, dark: true },
    { width: 390, dark: false },
    { width: 390, dark: true },
  ])('at $width px, dark: $dark', ({ width, dark }) => {
    it.each([...Object.keys(VIEWS), 'editing', 'beginning', 'reading', 'handing', 'help'])(
      '%s has no serious fault, and does not scroll sideways',
      async (view) => {
        await open({ width, dark, isRead: view !== 'beginning' && view !== 'reading' });
        await prepare(view);
        const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
        expect(wide).toBe(0);
        await shoot(`${view}-${width}${dark ? '-dark' : ''}`);
        expect(await faults()).toEqual([]);
      },
    );
  });

  /** The view as it is to be looked at. */
  async function prepare(view: string): Promise<void> {
    if (view === 'beginning') {
      await page.getByLabel('Address of your journal').fill('https://lampwright.livejournal.example/');
      await page.getByLabel('It is mine').check();
      await button('See what it comes to').click();
      await page.getByText('about 400 pages').waitFor();
    } else if (view === 'reading') {
      stub.job = {
        ...stub.job,
        kind: 'crawl',
        state: 'paused',
        visited: 41,
        fics: 17,
        told: ['A pause of 2 seconds.'],
      };
      await page.getByRole('heading', { name: 'Paused' }).waitFor();
    } else if (view === 'editing') {
      await turnTo('work');
      await button('Change relationships').click();
      await page.getByRole('combobox', { name: 'Relationships: add a name' }).fill('sloan');
      await page.getByRole('option').first().waitFor();
    } else if (view === 'handing') {
      await turnTo('hand-over');
      await button('Make the bundle').click();
      await button('Field by field: The Long Tide').click();
      await page.getByLabel('Address of the folder on your host').fill('https://me.example.org/moving/');
      await button('Plan the import').click();
      await page.getByText('Post the drafts by').waitFor();
    } else if (view === 'help') {
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    } else await turnTo(view);
    if (view === 'work') await page.getByText('told in line 2,').first().waitFor();
  }

  /** What axe finds that keeps people out, as "rule: element". */
  async function faults(): Promise<string[]> {
    // The page's policy lets nobody add a script; the browser's own console may.
    await page.evaluate(AXE);
    const { violations } = (await page.evaluate('axe.run()')) as {
      violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
    };
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
  }

  /** Pictures of the views, for people to look at: `SCREENSHOTS=DIR`. */
  async function shoot(name: string): Promise<void> {
    const folder = process.env.SCREENSHOTS;
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await page.screenshot({ path: join(folder, `${name}-whole.png`), fullPage: true });
  }
});
