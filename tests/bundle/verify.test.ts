import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipArchive } from 'archiver';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { verifyBundle, writeBundle } from '../../src/bundle/index.js';
import { config, longWork, work } from './works.js';

const base = mkdtempSync(join(tmpdir(), 'ficferry-verify-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const sound = join(base, 'sound');
await writeBundle({
  folder: join(sound, 'b-bundle'),
  zip: join(sound, 'b-bundle.zip'),
  journal: 'b',
  works: [work(), longWork()],
  leftOut: [],
  newTags: { fandoms: [], characters: [], relationships: [], additionalTags: [], total: 0 },
  storyOf: async () => ({ html: '<p>A story of several words.</p>' }),
  config,
  version: '0',
});

let copies = 0;
/** A copy of the sound bundle, changed; then what is said of its folder. */
async function damaged(change: (folder: string) => void): Promise<string[]> {
  const copy = join(base, String(++copies));
  cpSync(sound, copy, { recursive: true });
  change(join(copy, 'b-bundle'));
  return told(join(copy, 'b-bundle'));
}

async function told(path: string): Promise<string[]> {
  const report = await verifyBundle(path, config);
  expect(report.ok).toBe(report.problems.length === 0);
  return report.problems;
}

const edit = (path: string, from: string | RegExp, to: string) => (folder: string) => {
  const text = readFileSync(join(folder, path), 'utf8');
  expect(text.replace(from, to)).not.toBe(text);
  writeFileSync(join(folder, path), text.replace(from, to));
};

describe('a sound bundle', () => {
  it('passes as a folder and as a ZIP', async () => {
    expect(await verifyBundle(join(sound, 'b-bundle'), config)).toMatchObject({
      ok: true,
      kind: 'folder',
      works: 2,
      files: 15,
      problems: [],
    });
    expect(await verifyBundle(join(sound, 'b-bundle.zip'), config)).toMatchObject({
      ok: true,
      kind: 'zip',
      works: 2,
      files: 15,
      problems: [],
    });
  });

  it('passes without the sum beside it', async () => {
    cpSync(join(sound, 'b-bundle.zip'), join(base, 'alone.zip'));
    expect(await told(join(base, 'alone.zip'))).toEqual([]);
  });
});

describe('a damaged folder', () => {
  it('a changed byte', async () => {
    expect(await damaged(edit('data/works/the-lighthouse/01.md', 'several', 'severaL'))).toEqual([
      'data/works/the-lighthouse/01.md: is not what it was when the bundle was made',
    ]);
  });

  it('a lost file', async () => {
    const said = await damaged((folder) => rmSync(join(folder, 'data/pages/long-way/02.html')));
    expect(said).toContain('data/pages/long-way/02.html: is missing');
    expect(said.join('\n')).toContain('Payload-Oxum');
  });

  it('an added file', async () => {
    const said = await damaged((folder) => writeFileSync(join(folder, 'data/extra.txt'), 'x'));
    expect(said).toContain('data/extra.txt: is not in manifest-sha256.txt: it was added later');
    const tag = await damaged((folder) => writeFileSync(join(folder, 'fetch.txt'), 'x'));
    expect(tag).toEqual(['fetch.txt: is not in tagmanifest-sha256.txt: it was added later']);
  });

  it('a link among the files', async () => {
    const said = await damaged((folder) => symlinkSync('/etc/hosts', join(folder, 'data/hosts')));
    expect(said).toEqual(['data/hosts: is neither a file nor a folder']);
  });

  for (const file of [
    'bagit.txt',
    'bag-info.txt',
    'manifest-sha256.txt',
    'tagmanifest-sha256.txt',
    'data/bundle.json',
    'data/index.html',
  ]) {
    it(`without ${file}`, async () => {
      const said = await damaged((folder) => rmSync(join(folder, file)));
      expect(
        said.some((line) => line.startsWith(`${file}: is missing`)),
        said.join('\n'),
      ).toBe(true);
    });
  }

  it('an emptied folder', async () => {
    const said = await damaged((folder) => {
      rmSync(folder, { recursive: true });
      cpSync(join(sound, 'b-bundle/data/otwarchive'), folder, { recursive: true });
    });
    expect(said[0]).toBe('bagit.txt: is missing: this is no bundle, or its beginning is lost');
  });

  it('manifests that lead out of the bag, name a file twice or hold nonsense', async () => {
    const sum = 'a'.repeat(64);
    const said = await damaged((folder) => {
      const path = join(folder, 'manifest-sha256.txt');
      const text = readFileSync(path, 'utf8');
      writeFileSync(
        path,
        `${text}${text.split('\n')[0]}\n${sum}  ../../etc/passwd\n${sum}  data/../../x\n${sum}  bagit.txt\nnonsense\n`,
      );
    });
    expect(said.filter((line) => line.startsWith('manifest-sha256.txt: ')).map((line) => line.slice(21))).toEqual([
      'names data/bundle.json twice',
      'line 17 names ../../etc/passwd, which has no place in it',
      'line 18 names data/../../x, which has no place in it',
      'line 19 names bagit.txt, which has no place in it',
      'line 20 is no digest and path',
      'is not what it was when the bundle was made',
    ]);
  });

  it('a bundle.json that does not keep to its schema, or is none', async () => {
    const said = await damaged(edit('data/bundle.json', '"restricted": false', '"restricted": "no"'));
    expect(said.some((line) => line.startsWith('data/bundle.json: works.0.restricted: '))).toBe(true);
    expect((await damaged(edit('data/bundle.json', '{', '['))).join('\n')).toContain('data/bundle.json: is no JSON');
  });

  it('items that name what they may not', async () => {
    const path = 'data/otwarchive/works.json';
    expect((await damaged(edit(path, '"id": "long-way"', '"id": "other"'))).join('\n')).toContain(
      'holds "other", which is no work',
    );
    expect((await damaged(edit(path, 'pages/long-way/02', 'pages/long-way/03'))).join('\n')).toContain(
      'names other pages for "A Long Way"',
    );
    const locked = await damaged(edit('data/bundle.json', '"restricted": false', '"restricted": true'));
    expect(locked.join('\n')).toContain('holds the restricted work "The Lighthouse"');
    expect(locked.join('\n')).toContain('gives the restricted work "The Lighthouse" a page');
    const there = '"restricted": false, "onArchive": {"url": "https://archiveofourown.org/works/1", "how": "decision"}';
    const twice = await damaged(edit('data/bundle.json', '"restricted": false', there));
    expect(twice.join('\n')).toContain('holds "The Lighthouse", which is on the archive already');
  });

  const page = 'data/pages/the-lighthouse/01.html';
  const pages: [string, string | RegExp, string, string][] = [
    ['no charset', '<meta charset="utf-8">', '', 'does not declare its charset'],
    ['no container', 'chapter-content', 'chapter', 'does not hold its text in one .chapter-content'],
    [
      'text after the container',
      '</div>\n</body>',
      '</div>\nx</body>',
      'does not hold its text in one .chapter-content',
    ],
    ['no comment', /<!--[\s\S]*?-->/, '', 'does not hold one comment with labels before its text'],
    ['two comments', '<title>', '<!-- x --><title>', 'does not hold one comment with labels before its text'],
    ['a label too few', /Notes:.*\n/, '', 'lacks a label'],
    ['labels out of order', /(Title: .*\n)(Summary: .*\n)/, '$2$1', 'lacks a label'],
    ['a value that holds a label', 'Two keepers', 'Date: x', 'in a way that would be cut short'],
    ['something before the labels', '<!--', 'Subtitle: x <!--', 'may hide its labels behind others'],
    ['a date of another form', /Date: \S+/, 'Date: 5 May 2009', 'gives its date as "5 May 2009"'],
    ['another title', 'Title: The Lighthouse', 'Title: The Lamp', 'gives another title than bundle.json'],
  ];
  for (const [name, from, to, message] of pages) {
    it(`a page with ${name}`, async () => {
      expect((await damaged(edit(page, from, to))).join('\n')).toContain(message);
    });
  }
});

describe('a damaged ZIP', () => {
  const zip = readFileSync(join(sound, 'b-bundle.zip'));
  const write = (bytes: Uint8Array, sum = false) => {
    const path = join(base, `z${++copies}.zip`);
    writeFileSync(path, bytes);
    if (sum) cpSync(join(sound, 'b-bundle.zip.sha256'), `${path}.sha256`);
    return path;
  };

  it('does not match the sum beside it, whichever byte was changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(zip.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const copy = Buffer.from(zip);
        copy[at] = (copy[at] as number) ^ by;
        const said = await told(write(copy, true)).catch((error) => [String(error.code)]);
        expect(said).not.toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('shows a changed byte of a file even without the sum', async () => {
    const header = 30 + 'b-bundle/bag-info.txt'.length;
    const copy = Buffer.from(zip);
    copy[header + 5] = (copy[header + 5] as number) ^ 0xff;
    expect((await told(write(copy))).join('\n')).toContain('bag-info.txt: ');
  });

  it('whose list gives another checksum, size or name than the file has', async () => {
    const first = zip.readUInt32LE(zip.length - 6);
    const change = (at: number) => {
      const copy = Buffer.from(zip);
      copy[first + at] = (copy[first + at] as number) ^ 1;
      return told(write(copy));
    };
    // Central directory header: CRC at 16, unpacked size at 24, name at 46 ("b-bundle/bag-info.txt").
    expect(await change(16)).toContain('bag-info.txt: does not match its checksum in the ZIP');
    expect((await change(24)).join('\n')).toMatch(/bag-info\.txt: unpacks to/);
    expect((await change(46 + 10)).join('\n')).toContain('is called "b-bundle/bag-info.txt" in its own header');
  });

  it('that is cut off, or is none, is no bundle', async () => {
    const path = write(zip);
    truncateSync(path, zip.length - 40);
    await expect(verifyBundle(path, config)).rejects.toMatchObject({ code: 'BUNDLE_DAMAGED', exitCode: 5 });
    await expect(verifyBundle(write(Buffer.from('hello')), config)).rejects.toMatchObject({ code: 'BUNDLE_DAMAGED' });
    await expect(verifyBundle(write(Buffer.alloc(0)), config)).rejects.toMatchObject({ code: 'BUNDLE_DAMAGED' });
    await expect(verifyBundle(join(base, 'nowhere'), config)).rejects.toMatchObject({ code: 'NOT_FOUND', exitCode: 2 });
  });

  it('of the large form is read as well', async () => {
    const archive = new ZipArchive({ forceZip64: true });
    const folder = join(sound, 'b-bundle');
    archive.directory(folder, 'b-bundle');
    const bytes = buffer(archive);
    await archive.finalize();
    const whole = await bytes;
    // Its end record says that the numbers stand elsewhere.
    expect(whole.readUInt16LE(whole.length - 12)).toBe(0xffff);
    expect(await told(write(whole))).toEqual([]);
  });

  async function packed(...names: string[]): Promise<string> {
    const archive = new ZipArchive();
    for (const name of names) archive.append('x', { name: name.replaceAll('..', 'UP') });
    const bytes = buffer(archive);
    await archive.finalize();
    // The packer makes such names harmless; put them back by hand.
    return write(Buffer.from((await bytes).toString('latin1').replaceAll('UP', '..'), 'latin1'));
  }

  it('with names that lead out of the folder', async () => {
    const said = await told(await packed('b/bagit.txt', 'b/../../evil', 'c/x', 'b/bagit.txt'));
    expect(said).toContain('b/../../evil: has a name that would lead out of the folder it is unpacked into');
    expect(said).toContain("c/x: stands outside the bundle's own folder, b/");
    expect(said).toContain('bagit.txt: stands in the ZIP twice');
  });
});
