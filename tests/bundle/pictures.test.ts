import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterAll, describe, expect, it } from 'vitest';
import { type BundleOptions, type FoundPicture, verifyBundle, writeBundle } from '../../src/bundle/index.js';
import { importPages } from '../archive/reader.js';
import { digests } from '../cli/program.js';
import { PICTURES } from '../journal/pictureHost.js';
import { chapter, config, longWork, work } from './works.js';

const base = mkdtempSync(join(tmpdir(), 'ficferry-pictures-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const SITE = 'http://pics.livejournal.com/somebody/pic/0001';
const MAP = 'https://pictures.example/map.gif';
const LOST = 'https://pictures.example/lost.png';
const SILENT = 'https://dead.example/x.jpg';
const HUSH = 'https://pictures.example/hush-hush.png';

/** What the vault has; whatever is asked for a text that everybody may read, only if it may be. */
const FOUND: Record<string, FoundPicture> = {
  [SITE]: { kind: 'picture', type: { ending: 'png' }, body: PICTURES.png },
  [MAP]: { kind: 'picture', type: { ending: 'gif' }, body: PICTURES.gif },
  [LOST]: { kind: 'none', why: 'it is not there any more (404)', gone: true },
  [HUSH]: { kind: 'picture', type: { ending: 'png' }, body: Buffer.concat([PICTURES.png, Buffer.from('heliotrope')]) },
};
const asked: [string, boolean][] = [];
const pictureOf = async (address: string, restricted: boolean): Promise<FoundPicture> => {
  asked.push([address, restricted]);
  return FOUND[address] ?? { kind: 'unasked' };
};

const STORIES: Record<string, string> = {
  'livejournal/somebody/263': `<p>One <img src="${SITE}" alt="the lamp" /> and <img src="${LOST}" alt="the stair" />, and so on to the end.</p>`,
  'livejournal/somebody/519': `<p><img src="${MAP}" width="90" alt="a map" /></p>\n<p><img src="${SITE}" /></p>\n<p>Long enough.</p>`,
  'livejournal/somebody/775': `<p>No picture at all in this one.</p>`,
  'livejournal/somebody/2048': `<p>The hidden words. <img src="${HUSH}" /><img src="${SILENT}" alt="nobody" /></p>`,
};
const secret = work({
  slug: 'secret',
  title: 'Secret',
  restricted: true,
  chapters: [chapter(8, { entry: 'livejournal/somebody/2048' })],
});

async function bundle(name: string, more: Partial<BundleOptions> = {}) {
  const home = join(base, name);
  const folder = join(home, 'somebody-bundle');
  const summary = await writeBundle({
    folder,
    zip: `${folder}.zip`,
    journal: 'somebody',
    works: [longWork(), secret],
    leftOut: [],
    newTags: { fandoms: [], characters: [], relationships: [], additionalTags: [], total: 0 },
    storyOf: async (key) => ({ html: STORIES[key] ?? '' }),
    pictureOf,
    config,
    version: '1.2.3',
    ...more,
  });
  return { folder, summary, read: (path: string) => readFileSync(join(folder, 'data', path), 'utf8') };
}

const { folder, summary, read } = await bundle('one');

describe('pictures in a bundle', () => {
  it('stand beside the chapters, numbered as the text shows them, missing ones counted', () => {
    expect(readdirSync(join(folder, 'data/works/long-way/images'))).toEqual(['001.png', '003.gif']);
    expect(readFileSync(join(folder, 'data/works/long-way/images/003.gif')).equals(PICTURES.gif)).toBe(true);
    // A picture that two chapters show is asked for, and stands there, once
    expect(asked.filter(([address]) => address === SITE)).toHaveLength(1);
  });

  it('are shown by the Markdown, and those that are missing are links with their words', () => {
    expect(read('works/long-way/01.md')).toContain(
      `One ![the lamp](images/001.png) and [the stair](${LOST}), and so on to the end.`,
    );
    expect(read('works/long-way/02.md')).toContain('<img src="images/003.gif" width="90" alt="a map" />');
    expect(read('works/long-way/02.md')).toContain('![](images/001.png)');
    expect(read('works/secret/01.md')).toContain(`The hidden words. ![](images/001.png)[nobody](${SILENT})`);
  });

  it('are shown by the sheet, whose text to copy keeps the addresses of the web', () => {
    const $ = load(read('sheet/long-way.html'));
    expect(
      $('.story img')
        .map((_, img) => $(img).attr('src'))
        .get(),
    ).toEqual([
      '../works/long-way/images/001.png',
      '../works/long-way/images/003.gif',
      '../works/long-way/images/001.png',
    ]);
    const copied = $('textarea')
      .map((_, area) => $(area).text())
      .get()
      .join('\n');
    expect(copied).toContain(`<img src="${SITE}" alt="the lamp" />`);
    expect(copied).toContain(`<a href="${LOST}">the stair</a>`);
    expect(copied).not.toContain('images/');
    const policy = $('meta[http-equiv="Content-Security-Policy"]').attr('content');
    expect(policy).toMatch(/^default-src 'none';.*; img-src 'self' file:$/);
  });

  it('stay with their hosts in what an importer fetches, but for those that are gone', async () => {
    const page = read('pages/long-way/01.html');
    expect(page).toContain(`<img src="${SITE}" alt="the lamp" />`);
    expect(page).toContain(`<a href="${LOST}">the stair</a>`);
    const { chapters } = importPages([Buffer.from(page)]);
    expect(chapters[0]?.content).toContain(SITE);
    // A host that did not answer us may answer others: nothing is known of its picture
    const open = await bundle('open', {
      works: [work({ chapters: [chapter(1)] })],
      storyOf: async () => ({ html: `<p>Words enough. <img src="${SILENT}" alt="x" /></p>` }),
    });
    expect(open.read('pages/the-lighthouse/01.html')).toContain(`<img src="${SILENT}" alt="x" />`);
    expect(open.read('works/the-lighthouse/01.md')).toContain(`[x](${SILENT})`);
  });

  it('are told of to people and programs', () => {
    expect(summary.pictures).toEqual({
      carried: 3,
      missing: [
        {
          work: 'long-way',
          title: 'A Long Way',
          entry: 'livejournal/somebody/263',
          url: LOST,
          why: 'it is not there any more (404)',
        },
        {
          work: 'secret',
          title: 'Secret',
          entry: 'livejournal/somebody/2048',
          url: SILENT,
          why: 'there is no answer of its host in the vault',
        },
      ],
    });
    const index = load(read('index.html'))('main').text();
    expect(index).toContain('3 pictures of the stories stand in works/');
    expect(index).toContain(`A Long Way: ${LOST}: it is not there any more (404)`);
    expect(JSON.parse(read('bundle.json')).works[0].pictures).toEqual([
      { url: SITE, alt: 'the lamp', chapter: 1, file: 'works/long-way/images/001.png' },
      { url: LOST, alt: 'the stair', chapter: 1, missing: 'it is not there any more (404)' },
      { url: MAP, alt: 'a map', chapter: 2, file: 'works/long-way/images/003.gif' },
    ]);
  });

  it('of a locked work stand where its text may, for nobody else to read', () => {
    const path = join(folder, 'data/works/secret/images/001.png');
    expect(readFileSync(path, 'utf8')).toContain('heliotrope');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(`${folder}.zip`).mode & 0o777).toBe(0o600);
    for (const part of ['pages', 'otwarchive', 'works/long-way'])
      for (const name of readdirSync(join(folder, 'data', part), { recursive: true, encoding: 'utf8' })) {
        const full = join(folder, 'data', part, name);
        if (statSync(full).isFile()) expect(readFileSync(full, 'latin1'), name).not.toMatch(/heliotrope|hush-hush/);
      }
    // An answer that was got for a locked entry is asked for where the text is locked, and nowhere else
    expect(asked.filter(([, restricted]) => restricted).map(([address]) => address)).toEqual([HUSH, SILENT]);
  });

  it('have names that no importer takes for a journal’s', () => {
    const paths = Object.keys(digests(folder)).filter((path) => path.includes('/images/'));
    expect(paths).toHaveLength(3);
    for (const path of paths) expect(path).not.toMatch(new RegExp(config.archive.siteNames.join('|')));
  });

  it('make the same bundle of the same vault, and a sound one', async () => {
    const again = await bundle('two');
    expect(digests(join(base, 'two'))).toEqual(digests(join(base, 'one')));
    expect(again.summary.sha256).toBe(summary.sha256);
    for (const path of [folder, `${folder}.zip`]) expect((await verifyBundle(path)).problems).toEqual([]);
  });

  it('are missed by verify where they are gone, changed, or one too many', async () => {
    const other = await bundle('damaged');
    const at = (path: string) => join(other.folder, 'data/works/long-way/images', path);
    writeFileSync(at('001.png'), 'not it');
    rmSync(at('003.gif'));
    writeFileSync(at('004.png'), PICTURES.png);
    const { problems } = await verifyBundle(other.folder);
    expect(problems.join('\n')).toMatch(/001\.png: is not what it was when the bundle was made/);
    expect(problems.join('\n')).toMatch(/003\.gif: is missing/);
    expect(problems.join('\n')).toMatch(/004\.png: belongs to no work/);
  });

  it('are nothing where nobody asked for them', async () => {
    const plain = await bundle('plain', { pictureOf: undefined });
    expect(plain.summary.pictures).toBeUndefined();
    expect(Object.keys(digests(plain.folder)).filter((path) => path.includes('images'))).toEqual([]);
    expect(plain.read('bundle.json')).not.toContain('"pictures"');
    expect(plain.read('index.html')).not.toContain('Pictures');
    expect(plain.read('sheet/long-way.html')).not.toContain('img-src');
    expect(plain.read('works/long-way/01.md')).toContain(`![the stair](${LOST})`);
  });
});
