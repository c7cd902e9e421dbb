/** What the stand-in's pages do in a browser: steps run in real Chromium, each on a page of its own. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterAll, describe, expect, it } from 'vitest';
import { haveProgram } from '../outside.js';
import { importFormPage } from './otherForms.js';
import { Store } from './store.js';
import { workFormPage } from './workForm.js';

const folder = mkdtempSync(join(tmpdir(), 'stand-in-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const store = new Store({ author: 'somebody', today: '2026-08-22', collections: [] });
const form = (more = {}) => workFormPage({ ...store.blankWork(), ...more }, store);

/** Steps see `one` (an element by its id), `press` (a key in a field) and `told` (what comes back). */
const HELP = `
  const one = (id) => document.getElementById(id);
  const press = (id, key) => one(id).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  const shown = (id) => !one(id).classList.contains('hidden') && getComputedStyle(one(id)).display !== 'none';
  const tokens = (id) => [...one(id).previousElementSibling.querySelectorAll('li.added')].map((item) => item.firstChild.data.trim());
  const submit = () => one('work-form').dispatchEvent(new Event('submit', { cancelable: true }));
  const told = {};
`;

/** Runs the steps after the page's own script and gives what they put into `told`. */
function run(page: string, steps: string): Record<string, unknown> {
  const path = join(folder, 'page.html');
  const end = `<script>${HELP}\n${steps}\ndocument.body.dataset.told = JSON.stringify(told);</script></body>`;
  writeFileSync(
    path,
    page.replace('</body>', () => end),
  );
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${join(folder, 'profile')}`];
  const dom = execFileSync('chromium', [...flags, '--dump-dom', `file://${path}`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(load(dom)('body').attr('data-told') ?? '{}');
}

describe.skipIf(!haveProgram('chromium'))('in a browser', () => {
  it('parts of the form stand behind their boxes, and hiding them empties all but chapters and date', () => {
    const parts = `['front-notes-options', 'end-notes-options', 'series-options', 'chapters-options', 'backdate-options']`;
    const told = run(
      form({ endNotes: '<p>Held.</p>' }),
      `told.before = ${parts}.filter(shown);
       one('front-notes-options-show').click();
       one('backdate-options-show').click();
       told.ticked = ${parts}.filter(shown);
       one('work_notes').value = 'lost';
       one('work_chapter_attributes_published_at_1i').value = '2009';
       one('front-notes-options-show').click();
       one('backdate-options-show').click();
       told.notes = one('work_notes').value;
       told.year = one('work_chapter_attributes_published_at_1i').value;`,
    );
    expect(told).toEqual({
      before: ['end-notes-options'],
      ticked: ['front-notes-options', 'end-notes-options', 'backdate-options'],
      notes: '',
      year: '2009',
    });
  });

  it('each click on the chapters box rewrites the count', () => {
    const told = run(
      form(),
      `const box = one('chapters-options-show'), count = one('work_wip_length');
       told.counts = [count.value];
       box.click(); told.counts.push(count.value);
       count.value = '7';
       box.click(); told.counts.push(count.value);`,
    );
    expect(told.counts).toEqual(['1', '?', '1']);
  });

  it('lines of tags are hidden behind tokens, out of which they are written', () => {
    const told = run(
      form({ fandoms: ['Keepers', 'Star Trek'] }),
      `told.held = tokens('work_fandom');
       told.line = one('work_fandom').value;
       told.shown = shown('work_fandom');
       one('work_fandom_autocomplete').value = 'A, B & C,Keepers';
       press('work_fandom_autocomplete', 'Enter');
       told.after = one('work_fandom').value;
       told.box = one('work_fandom_autocomplete').value;
       one('work_character').value = 'Set, By, Hand';
       submit();
       told.hand = one('work_character').value;
       one('work_character_autocomplete').value = 'Typed';
       submit();
       told.typed = one('work_character').value;
       one('work_fandom').previousElementSibling.querySelector('.delete').click();
       told.removed = one('work_fandom').value;`,
    );
    expect(told).toEqual({
      held: ['Keepers', 'Star Trek'],
      // Not trimmed: the space goes with the second.
      line: 'Keepers, Star Trek',
      shown: false,
      after: 'Keepers, Star Trek,A,B & C',
      box: '',
      // Nothing was typed, so that nothing was written over it.
      hand: 'Set, By, Hand',
      typed: 'Typed',
      removed: ' Star Trek,A,B & C',
    });
  });

  it('counters follow keys and changes, not input', () => {
    const told = run(
      form(),
      `const box = one('work_summary'), left = () => one('work_summary_counter').textContent;
       told.left = [left()];
       box.value = 'ab\\nc';
       for (const kind of ['input', 'change']) {
         box.dispatchEvent(new Event(kind, { bubbles: true }));
         told.left.push(left());
       }`,
    );
    expect(told.left).toEqual(['1250', '1250', '1245']);
  });

  it('the import form folds its part, too', () => {
    const told = run(
      importFormPage(store),
      `told.before = shown('override_tags-options');
       one('override_tags-options-show').click();
       told.after = shown('override_tags-options');
       told.chosen = one('detect_tags_true').checked;
       told.rating = one('work_rating_string').value;`,
    );
    expect(told).toEqual({ before: false, after: true, chosen: true, rating: '' });
  });
});
