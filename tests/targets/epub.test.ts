import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBundle, verifyBundle, writeBundle } from '../../src/bundle/index.js';
import { People } from '../../src/people/index.js';
import { TARGETS, type Target, writeTarget } from '../../src/targets/index.js';
import { withPlaces } from '../../src/text/index.js';
import { config } from '../bundle/works.js';
import { digests, ficferry } from '../cli/program.js';
import { LoopbackJournal, OWNER_COOKIE } from '../journal/server.js';
import { epubcheckJar, hasPyYaml, haveProgram } from '../outside.js';
import { plainWords, shownText } from '../text/soup.js';
import { fifty, locked, nasty, pictureOf, storyOf } from './books.js';
import { chapterTexts, dates, epubcheck, inBook, names } from './readers.js';

const base = mkdtempSync(join(tmpdir(), 'ficferry-epub-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const epub = TARGETS.get('epub') as Target;
const works = [nasty, locked, fifty];

async function bundleWithBooks(name: string, { images }: { images: boolean }): Promise<string> {
  const folder = join(base, name, 'somebody-bundle');
  const newTags = { fandoms: [], characters: [], relationships: [], additionalTags: [], total: 0 };
  const options = { folder, zip: `${folder}.zip`, journal: 'somebody', works, leftOut: [], newTags, storyOf, config };
  await writeBundle({ ...options, version: '1.2.3', ...(images && { pictureOf }) });
  await makeBooks(folder);
  return booksOf(folder);
}

const booksOf = (bundle: string) => bundle.replace(/-bundle$/, '-epub');

async function makeBooks(bundle: string, left: readonly string[] = []): Promise<void> {
  const { bundle: all, read, close } = await openBundle(bundle);
  const some = { ...all, works: all.works.filter(({ slug }) => !left.includes(slug)) };
  await writeTarget(
    epub,
    {
      bundle: some,
      ready: [],
      archive: config.archive,
      people: new People(),
      storyOf: (_, { entry }) => storyOf(entry),
      read,
    },
    booksOf(bundle),
  );
  await close();
}

const withImages = await bundleWithBooks('one', { images: true });
const without = await bundleWithBooks('two', { images: false });
const book = join(withImages, 'nasty.epub');
const chapterOf = (path: string, name: string) => load(inBook(path, `EPUB/${name}`), { xml: true });

/** The demo's journal, carried by the built program with everything that it may carry. */
const run = join(base, 'run');
const demo = join(run, 'tarn_wick-epub');
let journal: LoopbackJournal;
let carried: Awaited<ReturnType<typeof ficferry>>;
const env = { TMPDIR: base };
beforeAll(async () => {
  journal = await LoopbackJournal.start();
  const [cookie, value] = OWNER_COOKIE.split('=');
  const cookies = join(base, 'cookies.txt');
  writeFileSync(cookies, `#HttpOnly_.lj.test\tTRUE\t/\tFALSE\t4102444800\t${cookie}\t${value}\n`);
  const access = ['--adult', '--cookies', cookies, '--include-locked'];
  const out = ['--out', run, '--config', journal.writeConfig(join(base, 'config.yaml'))];
  carried = await ficferry(['migrate', journal.address, ...access, ...out, '--for', 'epub'], { env });
}, 120_000);
afterAll(() => journal.close());

const demoWorks = (): { slug: string; restricted: boolean }[] =>
  JSON.parse(readFileSync(join(run, 'tarn_wick-bundle/data/bundle.json'), 'utf8')).works;

describe('ficferry migrate --for epub', { timeout: 120_000 }, () => {
  it('makes a book of each work beside the bundle, and says so', async () => {
    expect(carried.code).toBe(0);
    const slugs = demoWorks().map(({ slug }) => slug);
    expect(Object.keys(digests(demo)).sort()).toEqual(slugs.map((slug) => `${slug}.epub`).sort());
    expect(carried.stdout).toContain(`For epub: ${slugs.length} files in ${demo}`);
    expect(carried.stdout).toMatch(/then: ficferry bundle --out \S+ --for epub/);
    expect((await verifyBundle(join(run, 'tarn_wick-bundle'))).problems).toEqual([]);
  });

  it('keeps locked works for their owner, and takes them away with the flag', async () => {
    const secret = demoWorks().filter(({ restricted }) => restricted);
    expect(secret).toHaveLength(1);
    for (const { slug, restricted } of demoWorks())
      expect(statSync(join(demo, `${slug}.epub`)).mode & 0o077, slug).toBe(restricted ? 0 : 0o044);
    const before = digests(demo);
    const again = ['--out', run, '--config', join(base, 'config.yaml'), '--for', 'epub'];
    expect((await ficferry(['bundle', ...again, '--include-locked'], { env })).code).toBe(0);
    expect(digests(demo)).toEqual(before);
    const bag = digests(join(run, 'tarn_wick-bundle'));
    // The copies that epubcheck is to see
    const { [`${secret[0]?.slug}.epub`]: _, ...others } = before;
    expect((await ficferry(['bundle', ...again], { env })).code).toBe(0);
    expect(digests(demo)).toEqual(others);
    // And the bundle does not know whether there were books
    expect((await ficferry(['bundle', ...again.slice(0, 4), '--include-locked'], { env })).code).toBe(0);
    expect(digests(join(run, 'tarn_wick-bundle'))).toEqual(bag);
    expect((await ficferry(['bundle', ...again, '--include-locked'], { env })).code).toBe(0);
  });

  it('knows its targets', async () => {
    const refused = await ficferry(['bundle', '--out', run, '--for', 'epub,papyrus'], { env });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('There is no target "papyrus": otwarchive, epub, open-doors.');
  });
});

const jar = epubcheckJar();
const python = hasPyYaml();

describe.skipIf(!jar)('epubcheck', { timeout: 300_000 }, () => {
  it('finds no error and nothing to warn of in any book', () => {
    const hard = works.flatMap(({ slug }) => [withImages, without].map((folder) => join(folder, `${slug}.epub`)));
    const books = [...hard, ...Object.keys(digests(demo)).map((name) => join(demo, name))];
    expect(books.length).toBeGreaterThan(10);
    expect(epubcheck(jar as string, books)).toEqual(books.map((path) => `checked ${path}`));
  });
});

describe.skipIf(!python)('another reader', { timeout: 60_000 }, () => {
  it('finds the words of every chapter', async () => {
    for (const work of works) {
      const texts = chapterTexts(join(without, `${work.slug}.epub`));
      expect(Object.keys(texts)).toHaveLength(work.chapters.length);
      for (const [index, chapter] of work.chapters.entries()) {
        const { html } = await storyOf(chapter.entry);
        const shown = plainWords(shownText(withPlaces(html, { placeOf: () => 'link' })));
        const read = plainWords(texts[`EPUB/${String(index + 1).padStart(2, '0')}.xhtml`] ?? '');
        // Tables of the hard text have their captions and heads put in order.
        if (work === nasty) expect(read.sort()).toEqual(shown.sort());
        else expect(read).toEqual(shown);
      }
    }
  });
});

describe.skipIf(!haveProgram('unzip'))('a book', { timeout: 60_000 }, () => {
  it('begins as readers know EPUBs by their first bytes', () => {
    const bytes = readFileSync(book);
    expect(bytes.subarray(30, 58).toString()).toBe('mimetypeapplication/epub+zip');
    expect(names(book).slice(0, 2)).toEqual(['mimetype', 'META-INF/container.xml']);
  });

  it('is the same, byte for byte, on every run', async () => {
    const before = digests(withImages);
    await makeBooks(join(base, 'one/somebody-bundle'));
    expect(digests(withImages)).toEqual(before);
    expect(new Set(dates(book))).toEqual(new Set(['1980-01-01 00:00']));
  });

  it('goes when its work does', async () => {
    const bundle = join(base, 'two/somebody-bundle');
    await makeBooks(bundle, ['locked']);
    expect(Object.keys(digests(without)).sort()).toEqual(['fifty.epub', 'nasty.epub']);
    await makeBooks(bundle);
  });

  it('tells a library what it is', () => {
    const $ = chapterOf(book, 'package.opf');
    // printf 'ficferry:livejournal/somebody/263' | sha256sum, with the bits of version and variant
    expect($('dc\\:identifier').text()).toBe('urn:uuid:5c4e4e12-9f4e-862d-9b61-d4e9edec7033');
    expect($('dc\\:title').text()).toBe('Ёж & <Маяк> ]]> -- "東"');
    expect($('dc\\:language').text()).toBe('pt-BR');
    expect(
      $('dc\\:creator')
        .map((_, one) => $(one).text())
        .get(),
    ).toEqual(['tarn & wick', 'Zoë']);
    expect($('[property="dcterms:modified"]').text()).toBe('2009-05-02T00:00:00Z');
    expect($('dc\\:date').text()).toBe('2009-05-01');
    expect($('dc\\:source').text()).toBe('https://somebody.livejournal.com/263.html');
    expect($('dc\\:description')).toHaveLength(0);
    expect($('[property="belongs-to-collection"]').text()).toBe('Sea & Sky');
    const hebrew = chapterOf(join(withImages, 'locked.epub'), 'package.opf');
    expect(hebrew('spine').attr('page-progression-direction')).toBe('rtl');
    const undated = chapterOf(join(withImages, 'fifty.epub'), 'package.opf');
    expect(undated('[property="dcterms:modified"]').text()).toBe('1980-01-01T00:00:00Z');
    expect(undated('itemref')).toHaveLength(51);
  });

  it('has a title page with what the archive asks', () => {
    const $ = chapterOf(book, 'title.xhtml');
    const facts = $('dt').map(
      (_, term) =>
        `${$(term).text()}: ${$(term)
          .nextUntil('dt')
          .map((_, one) => $(one).text())
          .get()
          .join(' | ')}`,
    ); // prettier-ignore
    expect(facts.get()).toEqual([
      'Rating: Mature',
      'Warnings: Choose Not To Use Archive Warnings',
      'Categories: F/M',
      'Fandoms: Star Trek: The Original Series',
      'Relationships: Nyota Uhura/Montgomery "Scotty" Scott',
      'Characters: Nyota Uhura | Montgomery "Scotty" Scott',
      'Tags: Angst | Café',
      'Series: Sea & Sky, part 2.5',
      'Related: sequel to Ёж',
      'Gift to: a <friend>',
      'Chapters: 2/2',
      'Words: 12',
      'Published: 2009-05-01',
      'Last chapter: 2009-05-02',
      'Posted at: https://somebody.livejournal.com/263.html',
    ]);
    expect($('.aside').text()).toContain('<b>Two</b>');
  });

  it('has its contents, and a chapter to a document with its own notes', () => {
    const $ = chapterOf(book, 'nav.xhtml');
    const entries = $('[epub\\:type="toc"] a').map((_, one) => `${$(one).attr('href')} ${$(one).text()}`);
    expect(entries.get()).toEqual([
      'title.xhtml Ёж & <Маяк> ]]> -- "東"',
      '01.xhtml 1. One & <two>',
      '02.xhtml Chapter 2',
    ]);
    expect(chapterOf(book, '01.xhtml')('.aside').text()).toMatch(/Said --[\s\S]*An end/);
    expect(chapterOf(book, '01.xhtml')('body').text()).not.toContain('The very end.');
    expect(chapterOf(book, '02.xhtml')('.aside').text()).toContain('The very end.');
  });

  it('leads from chapter to chapter within, and elsewhere out of it', () => {
    const $ = chapterOf(book, '01.xhtml');
    expect($('a:contains("the next part")').attr('href')).toBe('02.xhtml');
    expect($('a:contains("another story")').attr('href')).toBe('https://somebody.livejournal.com/999.html');
    expect(chapterOf(book, '02.xhtml')('a:contains("the first")').attr('href')).toBe('01.xhtml');
  });

  it('has the pictures that every reader shows, and links for the others', () => {
    expect(names(book).filter((name) => name.includes('images/'))).toEqual(['EPUB/images/001.png']);
    const $ = chapterOf(book, '01.xhtml');
    expect(
      $('img')
        .map((_, one) => `${$(one).attr('src')} ${$(one).attr('alt')}`)
        .get(),
    ).toEqual(['images/001.png the lamp', 'images/001.png ']); // prettier-ignore
    expect($('a:contains("so \\"modern\\"")').attr('href')).toBe('http://pictures.example/modern.webp');
    const plain = chapterOf(join(without, 'nasty.epub'), '01.xhtml');
    expect(plain('img')).toHaveLength(0);
    expect(plain('a:contains("the lamp")').attr('href')).toBe('http://pictures.example/lamp.png');
  });
});
