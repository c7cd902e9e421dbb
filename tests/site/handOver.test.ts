/**
 * README, "Hand it over": its commands run as they stand there, on the small journal's bundle, and its pictures are what a real
 * browser shows of what they make. `PICTURES=1` takes the pictures anew.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StandIn } from '../archive/standIn.js';
import { ficferry, type Outcome } from '../cli/program.js';
import { Desk } from '../filler/browser.js';
import { LoopbackJournal } from '../journal/server.js';
import { haveProgram } from '../outside.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const SECTION = README.slice(README.indexOf('### Hand it over'), README.indexOf('### What you have put'));
/** The small journal's own names for those that the README leaves open. */
const NAMES = { NAME: 'tarn_wick', SHEET: 'weather-station' };

const home = mkdtempSync(join(tmpdir(), 'ficferry-hand-over-'));
let journal: LoopbackJournal;
beforeAll(async () => {
  journal = await LoopbackJournal.start();
  const settings = journal.writeConfig(join(home, 'config.yaml'));
  const out = join('output', NAMES.NAME);
  expect((await ficferry(['migrate', journal.address, '--config', settings, '--out', out], { cwd: home })).code).toBe(
    0,
  );
});
afterAll(async () => {
  await journal?.close();
  rmSync(home, { recursive: true, force: true });
});

const commands = [...SECTION.matchAll(/^ {4}ficferry (.+)$/gm)].map((match) => match[1] as string);

function run(command: string): Promise<Outcome> {
  const args = Object.entries(NAMES)
    .reduce((text, [open, name]) => text.replaceAll(open, name), command)
    .split(' ');
  const onceServed = { name: 'SIGINT' as const, when: (printed: string) => printed.includes('http://127.0.0.1') };
  return ficferry(args, { cwd: home, ...(args[0] === 'serve' && { signal: onceServed }) });
}

describe('the README’s way to hand a bundle over', () => {
  it('has a command for each step', () => {
    expect(commands.map((command) => command.split(' ')[0])).toEqual(['site', 'goes', 'serve', 'done']);
  });

  it.each(commands)('ficferry %s', async (command) => {
    const { code, stdout, stderr } = await run(command);
    expect([code, stderr.replace(/^GET .*\n/gm, '')]).toEqual([0, '']);
    expect(stdout).not.toBe('');
  });

  it('leaves what it says', () => {
    expect(existsSync(join(home, 'public', 'pages', 'weather-station', '01.html'))).toBe(true);
    expect(readFileSync(join(home, 'goes.html'), 'utf8')).toContain(
      'https://you.example.org/moving/pages/weather-station/01.html',
    );
    expect(
      Object.values(JSON.parse(readFileSync(join(home, 'output', NAMES.NAME, 'done.json'), 'utf8')).works),
    ).toEqual(['Weather Station']);
  });

  it('takes what is done out of the goes', async () => {
    const { stdout } = await run(commands[1]?.replace(' --html goes.html', '') as string);
    expect(stdout).not.toContain('weather-station/01.html');
    expect(stdout).toContain('Weather Station: done already');
  });
});

describe.skipIf(!haveProgram('chromium'))('its pictures', () => {
  const pictures = [...SECTION.matchAll(/!\[[^\]]+\]\((docs\/pictures\/[\w-]+\.png)\)/g)].map(
    (match) => match[1] as string,
  );
  const folder = process.env.PICTURES ? ROOT : home;
  let desk: Desk;
  let page: Page;
  beforeAll(async () => {
    mkdirSync(join(folder, 'docs', 'pictures'), { recursive: true });
    desk = await Desk.open();
    page = await desk.context.newPage();
    await page.setViewportSize({ width: 900, height: 620 });
  });
  afterAll(() => desk?.close());

  const data = join(home, 'output', NAMES.NAME, `${NAMES.NAME}-bundle`, 'data');
  const file = (path: string) => pathToFileURL(path).href;
  const take = (name: string) => page.screenshot({ path: join(folder, 'docs', 'pictures', `${name}.png`) });

  it('show the sheet, the filler on the archive’s form, and the goes', async () => {
    await page.goto(file(join(data, 'sheet', 'weather-station.html')));
    await take('sheet');
    const packet = await page.locator('#w-packet').textContent();
    const bookmark = await page
      .goto(file(join(data, 'index.html')))
      .then(() => page.locator('a.bookmark').getAttribute('href'));
    const archive = await StandIn.start();
    try {
      await page.goto(`${archive.address}/works/new`);
      await page.evaluate(decodeURIComponent((bookmark as string).replace('javascript:', '')));
      await page.locator('#ficferry-filler textarea').fill(packet as string);
      await page.locator('#ficferry-filler button', { hasText: 'Fill in' }).click();
      expect(await page.locator('#ficferry-filler [role=status]').innerText()).toMatch(/fields filled in/);
      await take('filler');
    } finally {
      await archive.close();
    }
    await page.goto(file(join(home, 'goes.html')));
    await take('goes');
    for (const picture of pictures) expect(existsSync(join(folder, picture)), picture).toBe(true);
  });

  it('stand in the repository', () => {
    expect(pictures).toHaveLength(3);
    for (const picture of pictures) expect(existsSync(join(ROOT, picture)), picture).toBe(true);
  });

  it('fit a telephone, and say on paper what they say', async () => {
    await page.setViewportSize({ width: 360, height: 640 });
    for (const path of ['index.html', 'sheet/weather-station.html']) {
      await page.goto(file(join(data, path)));
      const wide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect(await page.evaluate(wide), path).toBeLessThanOrEqual(0);
    }
    await page.emulateMedia({ media: 'print' });
    await page.goto(file(join(data, 'sheet/weather-station.html')));
    expect(await page.locator('button').first().isVisible()).toBe(false);
    expect(await page.locator('body').innerText()).toContain('Weather Station');
  });
});
