import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
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

const edit = (path: string, from: string | RegExp, to: string | ((found: string) => string)) => (folder: string) => {
  const text = readFileSync(join(folder, path), 'utf8');
  const changed = typeof to === 'string' ? text.replace(from, to) : text.replace(from, to);
  expect(changed).not.toBe(text);
  writeFileSync(join(folder, path), changed);
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

  it('a manifest whose form alone was changed, the one that nothing lists included', async () => {
    const name = 'tagmanifest-sha256.txt';
    const told = [`${name}: is not written as ficferry writes it: it was changed`];
    expect(await damaged(edit(name, /[a-f]/, (letter) => letter.toUpperCase()))).toEqual(told);
    expect(await damaged(edit(name, '  bagit', ' *bagit'))).toEqual(told);
    expect(await damaged(edit(name, /$/, '\n'))).toEqual(told);
    expect(await damaged(edit(name, /^(.*\n)(.*\n)/, '$2$1'))).toEqual(told);
  });

  it('an empty folder', async () => {
    const said = await damaged((folder) => mkdirSync(join(folder, 'data/pages/new')));
    expect(said).toEqual(['data/pages/new: is an empty folder, and no bundle has one']);
  });

  it('links that lead nowhere', async () => {
    const overview = await damaged(edit('data/index.html', 'sheet/long-way.html', 'sheet/other.html'));
    expect(overview).toContain('data/index.html: links to data/sheet/other.html, which is not there');
    const sheet = await damaged(edit('data/sheet/long-way.html', '../index.html#filler', '../index.html#nothing'));
    expect(sheet).toContain('data/sheet/long-way.html: links to data/index.html#nothing, which is not there');
    const chapter = 'data/works/long-way/01.md';
    const elsewhere = await damaged(edit(chapter, 'A story', '[A story](../the-lighthouse/07.md)'));
    expect(elsewhere).toContain(`${chapter}: links to data/works/the-lighthouse/07.md, which is not there`);
    const there = await damaged(edit(chapter, 'A story', '[A story](../the-lighthouse/01.md)'));
    expect(there.join('\n')).not.toContain('links to');
  });

  it('a work that is called ready and is over a limit of the archive', async () => {
    const long = 'x'.repeat(1251);
    const said = await damaged(edit('data/bundle.json', 'Two keepers & one lamp.', long));
    expect(said.join('\n')).toMatch(
      /bundle\.json: calls a work ready that the archive would refuse: .*summary is 1,258 characters/,
    );
    const text = await damaged(
      edit('data/pages/the-lighthouse/01.html', '<p>A story of several words.</p>', '<p></p>'),
    );
    expect(text.join('\n')).toMatch(/would refuse: .*only 7 characters long/);
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
    expect((await damaged(edit(path, '"title": "A Long Way"', '"title": "A Long War"'))).join('\n')).toContain(
      'says other things of "A Long Way" than bundle.json',
    );
    const fewer = await damaged((folder) => {
      const items = JSON.parse(readFileSync(join(folder, path), 'utf8'));
      writeFileSync(join(folder, path), JSON.stringify({ works: items.works.slice(1) }));
    });
    expect(fewer.join('\n')).toContain('lacks "The Lighthouse", which is ready');
    expect((await damaged(edit(path, 'pages/long-way/02', 'pages/long-way/03'))).join('\n')).toContain(
      'names other pages for "A Long Way"',
    );
    const locked = await damaged(edit('data/bundle.json', '"restricted": false', '"restricted": true'));
    expect(locked.join('\n')).toContain('holds the restricted work "The Lighthouse"');
    expect(locked.join('\n')).toContain('gives a page to the restricted work "The Lighthouse"');
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
    ['another summary', 'Two keepers', 'Three keepers', 'gives another summary than bundle.json'],
    ['another rating', 'Rating: M', 'Rating: Mature', 'gives another rating than bundle.json'],
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

  it('whose headers say other things than ficferry writes, or which holds more than its files', async () => {
    const first = zip.readUInt32LE(zip.length - 6);
    const at = (place: number) => {
      const copy = Buffer.from(zip);
      copy[place] = (copy[place] as number) ^ 1;
      return told(write(copy));
    };
    expect(await at(10)).toEqual(['b-bundle/bag-info.txt: has another header in the ZIP than ficferry writes']);
    // the time in the list, and a mode that would make a link of a file
    expect(await at(first + 12)).toEqual([
      'b-bundle/bag-info.txt: is listed in the ZIP in another way than ficferry writes',
    ]);
    const link = Buffer.from(zip);
    link.writeUInt16LE(0o120777, first + 40);
    expect(await told(write(link))).toEqual([
      'b-bundle/bag-info.txt: is listed in the ZIP in another way than ficferry writes',
    ]);
    expect(await told(write(Buffer.concat([zip, Buffer.from('more')])))).toEqual([
      'the ZIP does not end with its list of files',
    ]);
    const between = Buffer.concat([zip.subarray(0, first), Buffer.from('more'), zip.subarray(first)]);
    between.writeUInt32LE(first + 4, between.length - 6);
    expect(await told(write(between))).toEqual(['the ZIP holds something between its files and the list of them']);
  });

  it('whose sum beside it is not the line that was written', async () => {
    const sum = readFileSync(join(sound, 'b-bundle.zip.sha256'), 'utf8');
    const beside = async (text: string) => {
      const path = write(zip);
      writeFileSync(`${path}.sha256`, text.replace('b-bundle.zip', basename(path)));
      return (await told(path)).map((line) => line.replace(basename(path), 'Z'));
    };
    expect(await beside(sum)).toEqual([]);
    const noLine = ['Z.sha256 beside the ZIP is no line of a digest and a name'];
    for (const other of [sum.toUpperCase(), `${sum}\n`, sum.trimEnd(), sum.replace('  ', ' *'), '', `\ufeff${sum}`])
      expect(await beside(other)).toEqual(noLine);
    expect(await beside(sum.replace('b-bundle.zip', 'c.zip'))).toEqual([
      'Z.sha256 beside the ZIP is for c.zip: one of the two was renamed',
    ]);
    expect(await beside(sum.replace(/^./, (digit) => (digit === '0' ? '1' : '0')))).toEqual([
      'the ZIP does not match Z.sha256 beside it',
    ]);
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
