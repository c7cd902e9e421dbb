/**
 * Mutations of a bundle: `verify` has to find any change to a byte or a name of a file, and any file that was added or is missing, in
 * the folder and in the ZIP; the ZIP's own bytes with its sum beside it, and its headers without, too.
 */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { verifyBundle, writeBundle } from '../../src/bundle/index.js';
import { FicferryError } from '../../src/errors.js';
import { config, longWork, work } from '../bundle/works.js';
import { dice, type Score, Tally } from './score.js';

type Roll = () => number;
const NAME = 'b-bundle';
const TAGS = ['bagit.txt', 'bag-info.txt', 'manifest-sha256.txt', 'tagmanifest-sha256.txt'];

/** @param size mutations, half of them of the folder */
export async function mutations(size: number, seed: number): Promise<Score> {
  const tally = new Tally('mutations of a bundle caught');
  const base = mkdtempSync(join(tmpdir(), 'ficferry-mutations-'));
  const roll = dice(seed);
  try {
    await writeSound(base);
    const [folder, zip] = [join(base, NAME), join(base, `${NAME}.zip`)];
    for (const path of [folder, zip])
      await tally.try(`${path} as it was written`, async () => said(await problems(path)));
    await mutateFolder(tally, folder, Math.floor(size / 2), roll, seed);
    await mutateZip(tally, zip, size - Math.floor(size / 2), roll, seed);
    for (const path of [folder, zip]) await tally.try(`${path} put back`, async () => said(await problems(path)));
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
  return tally.score;
}

/** Works of one and of many chapters, one that is locked, one with a picture, one that is over a limit, and entries left out. */
export async function writeSound(base: string): Promise<void> {
  const picture = 'https://pictures.example/lamp.png';
  const works = [
    work(),
    longWork(),
    work({
      slug: 'locked',
      title: 'Locked',
      restricted: true,
      chapters: [{ ...chapterOf(9), title: 'Only for friends' }],
    }),
    work({ slug: 'lamps', title: 'Lamps & <Lanterns>', chapters: [chapterOf(7)] }),
    work({ slug: 'too-long', title: 'T'.repeat(300), chapters: [chapterOf(8)] }),
  ];
  await writeBundle({
    folder: join(base, NAME),
    zip: join(base, `${NAME}.zip`),
    journal: 'b',
    works,
    leftOut: [
      {
        entry: 'livejournal/somebody/5',
        url: 'https://somebody.livejournal.com/5.html',
        subject: '=1+1',
        reason: 'other',
        detail: '',
      },
    ],
    newTags: { fandoms: [], characters: [], relationships: [], additionalTags: ['Café'], total: 1 },
    storyOf: async (key) => ({
      html: `<p>A story <em>of</em> words, ${key}.</p>${key.endsWith('/1799') ? `<p><img src="${picture}" alt="lamp" /></p>` : ''}<p><a href="https://somebody.livejournal.com/263.html">the first</a></p>`,
      leadsTo: () => 'livejournal/somebody/263',
    }),
    pictureOf: async () => ({ kind: 'picture', type: { ending: 'png' }, body: Buffer.from('no picture, but bytes') }),
    config,
    version: '0',
  });
}

function chapterOf(number: number) {
  const [chapter] = work().chapters as [ReturnType<typeof work>['chapters'][number]];
  const entry = number * 256 + 7;
  return { ...chapter, entry: `livejournal/somebody/${entry}`, url: `https://somebody.livejournal.com/${entry}.html` };
}

/** What is told of a bundle; one that can't be read at all is told of, too. */
async function problems(path: string): Promise<string[]> {
  try {
    return (await verifyBundle(path, config)).problems;
  } catch (error) {
    if (error instanceof FicferryError && error.code === 'BUNDLE_DAMAGED') return [error.message];
    throw error;
  }
}

const said = (problems: readonly string[]) => (problems.length > 0 ? problems.join('; ') : undefined);
const found = async (path: string) => ((await problems(path)).length > 0 ? undefined : 'was not found');

const oneOf = <T>(list: readonly T[], roll: Roll): T => list[Math.floor(list.length * roll())] as T;

/** Changes the folder in place, is looked at, and is put back from the bytes that were there. */
async function mutateFolder(tally: Tally, folder: string, size: number, roll: Roll, seed: number): Promise<void> {
  const kept = `${folder}-kept`;
  cpSync(folder, kept, { recursive: true });
  const files = filesOf(folder);
  const names = Object.keys(FOLDER);
  for (let number = 0; number < size; number++) {
    // each kind in turn; tag files, of which there are few, in a third of all
    const name = names[number % names.length] as string;
    const file = roll() < 0.33 ? oneOf(TAGS, roll) : oneOf(files, roll);
    const what = (FOLDER[name] as FolderMutation)(folder, file, roll, files);
    if (what === undefined) continue;
    await tally.try(`folder, ${number} of seed ${seed}: ${name}, ${file} ${what}`, () => found(folder));
    rmSync(folder, { recursive: true });
    cpSync(kept, folder, { recursive: true });
  }
  rmSync(kept, { recursive: true });
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}

/** Says what exactly it did; undefined where it can do nothing to this file. */
type FolderMutation = (folder: string, file: string, roll: Roll, files: readonly string[]) => string | undefined;

const edit =
  (change: (bytes: Buffer, roll: Roll) => Buffer | undefined): FolderMutation =>
  (folder, file, roll) => {
    const before = readFileSync(join(folder, file));
    const after = change(before, roll);
    if (after === undefined || after.equals(before)) return undefined;
    writeFileSync(join(folder, file), after);
    return `(${before.length} to ${after.length} bytes)`;
  };
/** The same of one of the two manifests, line by line. */
const editLines =
  (change: (lines: string[], roll: Roll) => string[]): FolderMutation =>
  (folder, _, roll) => {
    const file = oneOf(TAGS.slice(1), roll);
    const done = edit((bytes) =>
      Buffer.from(
        change(bytes.toString().split('\n').slice(0, -1), roll)
          .map((line) => `${line}\n`)
          .join(''),
      ),
    );
    const what = done(folder, file, roll, []);
    return what && `${file} ${what}`;
  };
const at = (list: { length: number }, roll: Roll) => Math.floor(roll() * list.length);
const move = (from: string, to: string) => {
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
  return to;
};

const FOLDER: Readonly<Record<string, FolderMutation>> = {
  'a bit flipped': edit((bytes, roll) => {
    if (bytes.length === 0) return undefined;
    const copy = Buffer.from(bytes);
    const place = at(copy, roll);
    copy[place] = (copy[place] as number) ^ (1 << Math.floor(8 * roll()));
    return copy;
  }),
  'a byte changed': edit((bytes, roll) => {
    const copy = Buffer.from(bytes);
    copy[at(copy, roll)] = Math.floor(256 * roll());
    return copy;
  }),
  truncated: edit((bytes, roll) => bytes.subarray(0, at(bytes, roll))),
  'its last byte lost': edit((bytes) => bytes.subarray(0, -1)),
  extended: edit((bytes, roll) =>
    Buffer.concat([bytes, Buffer.from(oneOf(['\n', ' ', '\0', 'x', '\r\n', '\ufeff'], roll))]),
  ),
  'a mark before it': edit((bytes, roll) => Buffer.concat([Buffer.from(oneOf(['\ufeff', '\n', ' '], roll)), bytes])),
  'bytes put in': edit((bytes, roll) => {
    const place = at(bytes, roll);
    return Buffer.concat([
      bytes.subarray(0, place),
      Buffer.from(oneOf([' ', '\n', '\t', 'a'], roll)),
      bytes.subarray(place),
    ]);
  }),
  'line ends of another system': edit((bytes) =>
    Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1'),
  ),
  'capitals for digits': edit((bytes) =>
    Buffer.from(
      bytes.toString('latin1').replace(/[a-f]/, (letter) => letter.toUpperCase()),
      'latin1',
    ),
  ),
  emptied: edit(() => Buffer.alloc(0)),
  renamed: (folder, file, roll) =>
    move(join(folder, file), join(folder, `${file}${oneOf(['x', '.txt', '~', ' ', '.'], roll)}`)),
  'renamed by case': (folder, file) => {
    const to = file.replace(/[a-z](?=[^a-z]*$)/, (letter) => letter.toUpperCase());
    return move(join(folder, file), join(folder, to));
  },
  'moved elsewhere': (folder, file) => move(join(folder, file), join(folder, 'data/elsewhere', file)),
  removed: (folder, file) => {
    rmSync(join(folder, file));
    return '';
  },
  'a file added': (folder, file, roll) => {
    const path = join(
      folder,
      dirname(file),
      oneOf(['extra.txt', '.DS_Store', 'Thumbs.db', 'fetch.txt', '02.html', '99.md', 'manifest-md5.txt'], roll),
    );
    try {
      writeFileSync(path, oneOf(['', 'x'], roll), { flag: 'wx' });
    } catch {
      return undefined;
    }
    return path;
  },
  'a folder added': (folder, file, roll) => {
    const path = join(folder, dirname(file), oneOf(['new', '.hidden', 'a/b/c'], roll));
    return mkdirSync(path, { recursive: true });
  },
  'a link added': (folder, file) => {
    symlinkSync(join(folder, file), join(folder, 'data/link'));
    return '';
  },
  'a link in its place': (folder, file) => {
    const there = `${folder}-elsewhere`;
    cpSync(join(folder, file), there);
    rmSync(join(folder, file));
    symlinkSync(there, join(folder, file));
    return '';
  },
  'a folder in its place': (folder, file) => {
    rmSync(join(folder, file));
    return mkdirSync(join(folder, file), { recursive: true });
  },
  'two swapped': (folder, file, roll, files) => {
    const other = oneOf(files, roll);
    const [one, two] = [readFileSync(join(folder, file)), readFileSync(join(folder, other))];
    if (one.equals(two)) return undefined;
    writeFileSync(join(folder, file), two);
    writeFileSync(join(folder, other), one);
    return `with ${other}`;
  },
  'a line dropped': editLines((lines, roll) => lines.toSpliced(at(lines, roll), 1)),
  'a line twice': editLines((lines, roll) => [...lines, lines[at(lines, roll)] as string]),
  'two lines swapped': editLines((lines) => [lines[1] as string, lines[0] as string, ...lines.slice(2)]),
  'a blank line': editLines((lines, roll) => lines.toSpliced(at(lines, roll), 0, '')),
  'another blank': editLines((lines, roll) =>
    lines.map((line) => line.replace(/ {1,2}/, oneOf(['\t', '   ', ' *'], roll))),
  ),
  'a file and its line dropped': (folder, _, roll, files) => dropped(folder, oneOf(files, roll)),
  'a file and a line added': (folder, _, roll) => {
    const name = `data/works/lamps/${oneOf(['02.md', 'extra.md'], roll)}`;
    writeFileSync(join(folder, name), '');
    const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    return edit((bytes) => Buffer.concat([bytes, Buffer.from(`${empty}  ${name}\n`)]))(
      folder,
      'manifest-sha256.txt',
      roll,
      [],
    );
  },
};

function dropped(folder: string, file: string): string | undefined {
  if (TAGS.includes(file)) return undefined;
  rmSync(join(folder, file));
  const without = (bytes: Buffer) => Buffer.from(bytes.toString().replace(new RegExp(`^.*  ${file}\n`, 'm'), ''));
  return edit(without)(folder, 'manifest-sha256.txt', () => 0, []) && file;
}

/** Half with the sum beside it, where any byte at all counts; half without, where headers do, and what is packed. */
async function mutateZip(tally: Tally, zip: string, size: number, roll: Roll, seed: number): Promise<void> {
  const [whole, sum] = [readFileSync(zip), readFileSync(`${zip}.sha256`)];
  const names = Object.keys(ZIP);
  for (let number = 0; number < size; number++) {
    const name = names[number % names.length] as string;
    const withSum = NEEDS_SUM.has(name) || roll() < 0.5;
    const mutated = (ZIP[name] as ZipMutation)({ zip: Buffer.from(whole), sum: withSum ? sum : undefined }, roll);
    if (mutated === undefined) continue;
    writeFileSync(zip, mutated.zip);
    if (mutated.sum) writeFileSync(`${zip}.sha256`, mutated.sum);
    else rmSync(`${zip}.sha256`, { force: true });
    const how = `${name}, ${mutated.what ?? ''} ${withSum ? 'with' : 'without'} its sum`;
    await tally.try(`ZIP, ${number} of seed ${seed}: ${how}`, () => found(zip));
  }
  writeFileSync(zip, whole);
  writeFileSync(`${zip}.sha256`, sum);
}

interface Zip {
  zip: Buffer;
  sum: Buffer | undefined;
  what?: string;
}
type ZipMutation = (before: Zip, roll: Roll) => Zip | undefined;

/** Bits that pad the last byte of what is packed say nothing and unpack to the same: only the sum knows of them. */
const NEEDS_SUM: ReadonlySet<string> = new Set([
  'any bit flipped',
  'the sum: a byte changed',
  'the sum: more',
  'the sum: less',
  'the sum: another name',
]);

const changed = (zip: Buffer, place: number, mask: number): Buffer => {
  zip[place] = (zip[place] as number) ^ mask;
  return zip;
};
const spliced = (zip: Buffer, place: number, bytes: Uint8Array) =>
  Buffer.concat([zip.subarray(0, place), bytes, zip.subarray(place)]);

interface Member {
  name: string;
  /** Where its entry in the list stands, and its bytes. */
  listed: number;
  listedLength: number;
  /** The same of the member itself, header, data and descriptor. */
  offset: number;
  length: number;
}

function membersOf(zip: Buffer): { members: Member[]; list: number; end: number } {
  const end = zip.length - 22;
  const list = zip.readUInt32LE(end + 16);
  const members: Member[] = [];
  for (let place = list; place < end; ) {
    const nameLength = zip.readUInt16LE(place + 28);
    const listedLength = 46 + nameLength;
    const length = 30 + nameLength + zip.readUInt32LE(place + 20) + 16;
    const name = zip.toString('utf8', place + 46, place + 46 + nameLength);
    members.push({ name, listed: place, listedLength, offset: zip.readUInt32LE(place + 42), length });
    place += listedLength;
  }
  return { members, list, end };
}

/** A ZIP of these members in this order, offsets and list made anew, so that it is sound but for what was done to it. */
function joined(parts: readonly { bytes: Buffer; listed: Buffer }[]): Buffer {
  let offset = 0;
  const lists = parts.map(({ bytes, listed }) => {
    const copy = Buffer.from(listed);
    copy.writeUInt32LE(offset, 42);
    offset += bytes.length;
    return copy;
  });
  const list = Buffer.concat(lists);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts.map(({ bytes }) => bytes), list, end]);
}

function partsOf(zip: Buffer): { bytes: Buffer; listed: Buffer }[] {
  return membersOf(zip).members.map(({ offset, length, listed, listedLength }) => ({
    bytes: zip.subarray(offset, offset + length),
    listed: zip.subarray(listed, listed + listedLength),
  }));
}

/** One byte of a header changed, of a member chosen by chance. */
const header =
  (where: (member: Member) => [from: number, length: number]): ZipMutation =>
  ({ zip, sum }, roll) => {
    const { members } = membersOf(zip);
    const member = oneOf(members, roll);
    const [from, length] = where(member);
    const place = Math.floor(length * roll());
    return {
      zip: changed(zip, from + place, 1 << Math.floor(8 * roll())),
      sum,
      what: `byte ${place} of ${member.name}`,
    };
  };
const ofSum =
  (change: (text: string, roll: Roll) => string): ZipMutation =>
  ({ zip, sum }, roll) => {
    const text = (sum as Buffer).toString();
    const other = change(text, roll);
    return other === text ? undefined : { zip, sum: Buffer.from(other) };
  };

const ZIP: Readonly<Record<string, ZipMutation>> = {
  'any bit flipped': ({ zip, sum }, roll) => ({ zip: changed(zip, at(zip, roll), 1 << Math.floor(8 * roll())), sum }),
  'a byte of what is packed': header(({ offset, length, name }) => [
    offset + 30 + name.length,
    length - 47 - name.length,
  ]),
  'a header of a member': header(({ offset, name }) => [offset, 30 + name.length]),
  'what follows a member': header(({ offset, length }) => [offset + length - 16, 16]),
  'an entry of the list': header(({ listed, listedLength }) => [listed, listedLength]),
  'the end': ({ zip, sum }, roll) => {
    const place = Math.floor(22 * roll());
    return { zip: changed(zip, zip.length - 22 + place, 1 << Math.floor(8 * roll())), sum, what: `byte ${place}` };
  },
  truncated: ({ zip, sum }, roll) => ({ zip: zip.subarray(0, at(zip, roll)), sum }),
  'bytes before it': ({ zip, sum }) => ({ zip: Buffer.concat([Buffer.from('MZ'), zip]), sum }),
  'bytes before it, offsets mended': ({ zip, sum }) => {
    const more = Buffer.from('#!/bin/sh\n');
    const whole = Buffer.concat([more, zip]);
    const { end, members } = membersOf(zip);
    for (const { listed, offset } of members) whole.writeUInt32LE(offset + more.length, listed + more.length + 42);
    whole.writeUInt32LE(zip.readUInt32LE(end + 16) + more.length, whole.length - 6);
    return { zip: whole, sum };
  },
  'bytes behind it': ({ zip, sum }, roll) => ({
    zip: Buffer.concat([zip, Buffer.alloc(1 + Math.floor(40 * roll()))]),
    sum,
  }),
  'bytes between members': ({ zip, sum }, roll) => {
    const parts = partsOf(zip);
    const part = oneOf(parts, roll);
    part.bytes = Buffer.concat([part.bytes, Buffer.from('hidden')]);
    return { zip: joined(parts), sum };
  },
  'bytes before the list': ({ zip, sum }) => {
    const { list } = membersOf(zip);
    const whole = spliced(zip, list, Buffer.from('hidden'));
    whole.writeUInt32LE(list + 6, whole.length - 6);
    return { zip: whole, sum };
  },
  'a comment': ({ zip, sum }) => {
    const whole = Buffer.concat([zip, Buffer.from('hello')]);
    whole.writeUInt16LE(5, zip.length - 2);
    return { zip: whole, sum };
  },
  'a comment of a member': ({ zip, sum }, roll) => {
    const parts = partsOf(zip);
    const part = oneOf(parts, roll);
    part.listed = Buffer.concat([part.listed, Buffer.from('hello')]);
    part.listed.writeUInt16LE(5, 32);
    return { zip: joined(parts), sum };
  },
  'another order': ({ zip, sum }) => ({ zip: joined(partsOf(zip).reverse()), sum }),
  'a member twice': ({ zip, sum }, roll) => {
    const parts = partsOf(zip);
    return { zip: joined([...parts, oneOf(parts, roll)]), sum };
  },
  'a member lost': ({ zip, sum }, roll) => {
    const parts = partsOf(zip);
    return { zip: joined(parts.toSpliced(at(parts, roll), 1)), sum };
  },
  'two members swapped': ({ zip, sum }, roll) => {
    const parts = partsOf(zip);
    const place = at(parts, roll);
    const [one, two] = [parts[place], parts[(place + 1) % parts.length]] as [(typeof parts)[0], (typeof parts)[0]];
    return { zip: joined(parts.with(place, { ...one, bytes: two.bytes })), sum };
  },
  'a member renamed': ({ zip, sum }, roll) => {
    const parts = partsOf(zip);
    const part = oneOf(parts, roll);
    const length = part.listed.readUInt16LE(28);
    // behind the folder that all of them stand in
    const place = NAME.length + 1 + Math.floor((length - NAME.length - 1) * roll());
    part.listed = changed(Buffer.from(part.listed), 46 + place, 0x20);
    part.bytes = changed(Buffer.from(part.bytes), 30 + place, 0x20);
    return { zip: joined(parts), sum };
  },
  'the sum: a byte changed': ofSum((text, roll) => {
    const place = at(text, roll);
    return text.slice(0, place) + oneOf(['0', 'f', 'A', ' ', '\n', '*'], roll) + text.slice(place + 1);
  }),
  'the sum: more': ofSum((text, roll) =>
    oneOf([`${text}\n`, ` ${text}`, `${text}${text}`, `\ufeff${text}`, `${text}x`], roll),
  ),
  'the sum: less': ofSum((text, roll) => text.slice(0, at(text, roll))),
  'the sum: another name': ofSum((text) => text.replace(NAME, 'other')),
};
