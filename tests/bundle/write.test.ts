import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { load } from 'cheerio';
import { afterAll, describe, expect, it } from 'vitest';
import { type BundleOptions, verifyBundle, writeBundle } from '../../src/bundle/index.js';
import type { LeftOut, Work } from '../../src/model.js';
import { importPages } from '../archive/reader.js';
import { haveProgram } from '../outside.js';
import { chapter, config, longWork, work } from './works.js';

const base = mkdtempSync(join(tmpdir(), 'ficferry-bundle-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

let runs = 0;
/** A fresh run's folder. */
const home = () => {
  const folder = join(base, String(++runs));
  mkdirSync(folder);
  return folder;
};

const STORY =
  '<p>The lamp was <em>lit</em>, &amp; it was “warm”.</p>\n<p><img src="https://pictures.example/x.png" alt="a lamp" /> Two.</p>';

const secret = work({
  slug: 'secret',
  title: 'Secret',
  restricted: true,
  chapters: [chapter(8, { entry: 'livejournal/somebody/2048' })],
  summary: 'Only for friends: HUSH.',
});

const works: Work[] = [
  work({ questions: [{ field: 'warnings', text: 'Is it true that <nothing> applies?' }] }),
  longWork({ complete: false, expectedChapters: 7, series: { name: 'Roads', number: 2 }, recipient: 'a friend' }),
  work({
    slug: 'no-fandom',
    title: '<b>No & fandom</b>',
    archive: { ...work().archive, fandoms: [] },
    chapters: [chapter(5)],
  }),
  secret,
];

const leftOut: LeftOut[] = [
  {
    entry: 'livejournal/somebody/9000',
    url: 'https://somebody.livejournal.com/9000.html',
    subject: '<script>alert(1)</script>',
    reason: 'other',
    detail: 'no header',
  },
  { entry: 'javascript:1', url: 'javascript:alert(1)', reason: 'locked', detail: 'members only' },
];

function options(folder: string, more: Partial<BundleOptions> = {}): BundleOptions {
  return {
    folder: join(folder, 'somebody-bundle'),
    zip: join(folder, 'somebody-bundle.zip'),
    journal: 'somebody',
    works,
    leftOut,
    newTags: { fandoms: [], characters: [], relationships: [], additionalTags: ['Lamps'], total: 1 },
    storyOf: async (key) => ({ html: key === 'livejournal/somebody/2048' ? '<p>The hidden words.</p>' : STORY }),
    config,
    version: '1.2.3',
    ...more,
  };
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name).slice(folder.length + 1))
    .sort();
}

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

const at = home();
const summary = await writeBundle(options(at));
const bag = join(at, 'somebody-bundle');
const read = (path: string) => readFileSync(join(bag, path), 'utf8');

describe('a bundle', () => {
  it('is laid out as the design says', () => {
    expect(filesOf(bag)).toEqual([
      'bag-info.txt',
      'bagit.txt',
      'data/bundle.json',
      'data/bundle.schema.json',
      'data/index.html',
      'data/left-out.csv',
      'data/otwarchive/works.json',
      'data/pages/long-way/01.html',
      'data/pages/long-way/02.html',
      'data/pages/long-way/03.html',
      'data/pages/no-fandom/01.html',
      'data/pages/the-lighthouse/01.html',
      'data/sheet/long-way.html',
      'data/sheet/no-fandom.html',
      'data/sheet/secret.html',
      'data/sheet/the-lighthouse.html',
      'data/works/long-way/01.md',
      'data/works/long-way/02.md',
      'data/works/long-way/03.md',
      'data/works/no-fandom/01.md',
      'data/works/secret/01.md',
      'data/works/the-lighthouse/01.md',
      'manifest-sha256.txt',
      'tagmanifest-sha256.txt',
    ]);
    expect(readdirSync(at).sort()).toEqual(['somebody-bundle', 'somebody-bundle.zip', 'somebody-bundle.zip.sha256']);
  });

  it('sums up what it holds', () => {
    expect(summary).toMatchObject({ works: 4, chapters: 6, restricted: 1, ready: 2, files: 20 });
    expect(summary.misfits.map((one) => [one.work, one.field])).toEqual([['no-fandom', 'fandoms']]);
    expect(summary.sha256).toBe(sha256(join(at, 'somebody-bundle.zip')));
  });

  it('says what it is and no more: no date', () => {
    expect(read('bagit.txt')).toBe('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');
    expect(read('bag-info.txt')).toBe(
      `Bag-Software-Agent: ficferry 1.2.3\nExternal-Description: Fan fiction from the journal somebody\nPayload-Oxum: ${summary.bytes}.20\n`,
    );
  });

  it('holds a bundle.json that another validator takes by its schema', () => {
    const validate = new Ajv2020({ strict: true }).compile(JSON.parse(read('data/bundle.schema.json')));
    const bundle = JSON.parse(read('data/bundle.json'));
    expect(validate(bundle), JSON.stringify(validate.errors)).toBe(true);
    expect(bundle).toMatchObject({
      format: 'ficferry-bundle',
      version: 1,
      journal: 'somebody',
      newTags: { additionalTags: ['Lamps'], total: 1 },
      leftOut,
    });
    expect(bundle.works[1].chapters[2]).toMatchObject({
      markdown: 'works/long-way/03.md',
      page: 'pages/long-way/03.html',
    });
    bundle.works[0].title = 5;
    expect(validate(bundle)).toBe(false);
  });

  it('gives an importer the story as it is', () => {
    const pages = ['01', '02', '03'].map((number) => readFileSync(join(bag, `data/pages/long-way/${number}.html`)));
    const imported = importPages(pages);
    expect(imported.title).toBe('A Long Way');
    for (const one of imported.chapters) expect(one.content.trim()).toBe(load(STORY, null, false).html());
  });

  it('gives people the story as Markdown', () => {
    const text = read('data/works/the-lighthouse/01.md');
    expect(text).toContain('\n---\n\nThe lamp was *lit*, & it was “warm”.\n');
  });

  it('keeps restricted works from importers', () => {
    const open = filesOf(bag).filter((path) => !path.includes('/sheet/') && !path.includes('/works/secret'));
    for (const path of open) expect(read(path), path).not.toContain('hidden words');
    expect(read('data/otwarchive/works.json')).not.toContain('HUSH');
    expect(read('data/works/secret/01.md')).toContain('restricted: true');
    expect(read('data/works/secret/01.md')).toContain('The hidden words.');
    expect(read('data/sheet/secret.html')).toContain('The hidden words.');
    expect(read('data/sheet/secret.html')).toContain('Restricted');
  });

  it('offers the archive only what it would take', () => {
    const items = JSON.parse(read('data/otwarchive/works.json')).works;
    expect(items.map((item: { id: string }) => item.id)).toEqual(['the-lighthouse', 'long-way']);
  });

  it('is taken by other programs', () => {
    if (haveProgram('unzip')) execFileSync('unzip', ['-tq', join(at, 'somebody-bundle.zip')]);
    if (haveProgram('sha256sum')) {
      execFileSync('sha256sum', ['--strict', '--quiet', '-c', 'manifest-sha256.txt'], { cwd: bag });
      execFileSync('sha256sum', ['--strict', '--quiet', '-c', 'tagmanifest-sha256.txt'], { cwd: bag });
      execFileSync('sha256sum', ['--strict', '--quiet', '-c', 'somebody-bundle.zip.sha256'], { cwd: at });
    }
  });

  it('unpacks to the very folder', () => {
    if (!haveProgram('unzip')) return;
    const out = home();
    execFileSync('unzip', ['-q', join(at, 'somebody-bundle.zip'), '-d', out]);
    expect(readdirSync(out)).toEqual(['somebody-bundle']);
    expect(filesOf(join(out, 'somebody-bundle'))).toEqual(filesOf(bag));
    for (const path of filesOf(bag)) {
      expect(readFileSync(join(out, 'somebody-bundle', path)).equals(readFileSync(join(bag, path))), path).toBe(true);
    }
  });

  it('is the same, byte for byte, when made again', async () => {
    const other = home();
    await writeBundle(options(other));
    await writeBundle(options(other));
    expect(sha256(join(other, 'somebody-bundle.zip'))).toBe(summary.sha256);
    for (const path of filesOf(bag))
      expect(sha256(join(other, 'somebody-bundle', path)), path).toBe(sha256(join(bag, path)));
    expect(readdirSync(other).sort()).toEqual(['somebody-bundle', 'somebody-bundle.zip', 'somebody-bundle.zip.sha256']);
  });

  it('carries no time in its ZIP', () => {
    const zip = readFileSync(join(at, 'somebody-bundle.zip'));
    const directory = zip.readUInt32LE(zip.length - 6);
    // Midnight of 1 January 1980, in the first local header and in the list.
    for (const header of [10, directory + 12])
      expect([zip.readUInt16LE(header), zip.readUInt16LE(header + 2)]).toEqual([0, 0x21]);
  });

  it('may be empty', async () => {
    const other = home();
    expect(await writeBundle(options(other, { works: [], leftOut: [] }))).toMatchObject({
      works: 0,
      files: 5,
    });
    expect((await verifyBundle(join(other, 'somebody-bundle.zip'), config)).problems).toEqual([]);
  });

  it('holds one chapter’s text at a time', async () => {
    let open = 0;
    const order: string[] = [];
    await writeBundle(
      options(home(), {
        storyOf: async (key) => {
          expect(++open).toBe(1);
          order.push(key);
          await new Promise((resolve) => setImmediate(resolve));
          open--;
          return { html: STORY };
        },
      }),
    );
    expect(order).toEqual(works.flatMap((one) => one.chapters.map((part) => part.entry)));
  });
});

describe('when something goes wrong', () => {
  it('a text that can’t be read leaves the old bundle and nothing half-made', async () => {
    const other = home();
    await writeBundle(options(other, { works: [work()] }));
    const before = sha256(join(other, 'somebody-bundle.zip'));
    const storyOf = async (key: string) => {
      if (key.endsWith('/519')) throw new Error('the vault is damaged here');
      return { html: STORY };
    };
    await expect(writeBundle(options(other, { storyOf }))).rejects.toThrow('the vault is damaged here');
    expect(readdirSync(other).sort()).toEqual(['somebody-bundle', 'somebody-bundle.zip', 'somebody-bundle.zip.sha256']);
    expect(sha256(join(other, 'somebody-bundle.zip'))).toBe(before);
    expect((await verifyBundle(join(other, 'somebody-bundle'), config)).ok).toBe(true);
  });

  it('a slug that an importer would trip over is refused', async () => {
    await expect(writeBundle(options(home(), { works: [work({ slug: 'my-dreamwidth' })] }))).rejects.toThrow(
      'dreamwidth',
    );
    await expect(writeBundle(options(home(), { works: [work(), work()] }))).rejects.toThrow();
  });

  it('a full disk ends it, and says so', async () => {
    if (!existsSync('/dev/full')) return console.log('skipped: no /dev/full here');
    const other = home();
    symlinkSync('/dev/full', join(other, 'probe'));
    const { writeZip } = await import('../../src/bundle/zip.js');
    await expect(writeZip(join(other, 'probe'), bag, 'b', filesOf(bag))).rejects.toMatchObject({ code: 'ENOSPC' });
  });

  it('a file where a folder is needed is told in plain words', async () => {
    const other = home();
    writeFileSync(join(other, 'file'), '');
    const places = { folder: join(other, 'file', 'b'), zip: join(other, 'file', 'b.zip') };
    await expect(writeBundle(options(other, places))).rejects.toMatchObject({ code: 'DISK', exitCode: 6 });
  });

  /** What stands after a run that died at each moment of the swap; a finished bundle is at `at`. */
  const moments: Record<string, (folder: string) => void> = {
    'while the bag was filled': (folder) => mkdirSync(join(folder, 'somebody-bundle.part/data'), { recursive: true }),
    'while the ZIP was written': (folder) => {
      cpSync(bag, join(folder, 'somebody-bundle.part'), { recursive: true });
      writeFileSync(join(folder, 'somebody-bundle.zip.part'), 'PK');
    },
    'after the old bundle stepped aside': (folder) => {
      renameSync(join(folder, 'somebody-bundle'), join(folder, 'somebody-bundle.old'));
      cpSync(bag, join(folder, 'somebody-bundle.part'), { recursive: true });
    },
    'after the new bundle stepped in': (folder) => {
      cpSync(bag, join(folder, 'somebody-bundle.old'), { recursive: true });
      rmSync(join(folder, 'somebody-bundle.zip.sha256'), { force: true });
      cpSync(join(at, 'somebody-bundle.zip'), join(folder, 'somebody-bundle.zip.part'));
    },
  };
  for (const [moment, die] of Object.entries(moments)) {
    it(`a run that died ${moment} is mended by the next`, async () => {
      const other = home();
      await writeBundle(options(other));
      die(other);
      // Even a next run that fails leaves the old bundle where it was.
      await expect(
        writeBundle(options(other, { storyOf: async () => Promise.reject(new Error('no')) })),
      ).rejects.toThrow('no');
      expect((await verifyBundle(join(other, 'somebody-bundle'), config)).problems).toEqual([]);
      expect((await verifyBundle(join(other, 'somebody-bundle.zip'), config)).problems).toEqual([]);
      die(other);
      expect((await writeBundle(options(other))).sha256).toBe(summary.sha256);
      expect(readdirSync(other).sort()).toEqual([
        'somebody-bundle',
        'somebody-bundle.zip',
        'somebody-bundle.zip.sha256',
      ]);
      expect((await verifyBundle(join(other, 'somebody-bundle'), config)).problems).toEqual([]);
    });
  }
});

describe('pages for people', () => {
  const people = filesOf(bag).filter((path) => /data\/(index|sheet\/.*)\.html$/.test(path));

  it('ask for nothing from anywhere, and allow their own style and script by digest alone', () => {
    expect(people).toHaveLength(5);
    for (const path of people) {
      const page = load(read(path));
      expect(page('link, iframe, script[src], object, embed, form').length, path).toBe(0);
      const policy = page('meta[http-equiv="Content-Security-Policy"]').attr('content') ?? '';
      expect(policy).toContain("default-src 'none'");
      for (const element of ['style', 'script']) {
        const digest = createHash('sha256').update(page(element).text()).digest('base64');
        expect(policy, path).toContain(`${element}-src 'sha256-${digest}'`);
        expect(page(element).length).toBe(1);
      }
    }
  });

  it('lead only to files that are there', () => {
    for (const path of people) {
      const page = load(read(path));
      // The form filler is no link but a bookmark to be kept.
      for (const link of page('main a:not(.bookmark)').toArray()) {
        const href = (page(link).attr('href') ?? '').replace(/#.*/, '');
        if (/^https?:/.test(href)) continue;
        expect(existsSync(join(bag, path, '..', href)), `${path}: ${href}`).toBe(true);
      }
    }
  });

  it('list works, what to mend and what was left out, all escaped', () => {
    const page = load(read('data/index.html'));
    const rows = page('tbody tr')
      .toArray()
      .map((row) =>
        page(row)
          .find('td')
          .toArray()
          .map((cell) => page(cell).text()),
      );
    expect(rows[1]).toEqual([
      'A Long Way',
      'somebody',
      'Star Trek: The Original Series',
      'Mature',
      '12',
      '3/7',
      'ready',
    ]);
    expect(rows.map((row) => row[6])).toEqual(['1 question', 'ready', 'to mend', 'restricted']);
    expect(rows[2]?.[0]).toBe('<b>No & fandom</b>');
    expect(page('main').text()).toContain('no fandom is known');
    expect(
      page('details')
        .toArray()
        .map((one) => page(one).find('summary').text()),
    ).toEqual(['No fan fiction: 1', 'Locked: only the journal’s own readers may see them: 1']);
    expect(page('main').text()).toContain('<script>alert(1)</script>');
    expect(page('a[href^="javascript"]:not(.bookmark)').length).toBe(0);
    expect(page('main').text()).toContain('Additional tags: Lamps');
  });

  it('give each field and chapter to copy', () => {
    const page = load(read('data/sheet/long-way.html'));
    const copied = page('button[data-copy]')
      .toArray()
      .map((button) => {
        const source = page(`[id="${page(button).attr('data-copy')}"]`);
        expect(source.length).toBe(1);
        return source.text();
      });
    for (const value of [
      'Angst, Café',
      'A Long Way',
      '<p>Two keepers &amp; one lamp.</p>',
      'Roads, part 2',
      'a friend',
      '3/7',
      STORY,
    ]) {
      expect(copied).toContain(value);
    }
    expect(copied.filter((text) => text === STORY)).toHaveLength(3);
    expect(page('main').text()).toContain('set them by hand afterwards: the series; the gift;');
    expect(load(read('data/sheet/the-lighthouse.html'))('.ask').text()).toContain('Is it true that <nothing> applies?');
    expect(load(read('data/sheet/no-fandom.html'))('h1').html()).toBe('&lt;b&gt;No &amp; fandom&lt;/b&gt;');
  });
});
