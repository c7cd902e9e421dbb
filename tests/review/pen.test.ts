import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FicferryError } from '../../src/errors.js';
import { lay } from '../../src/review/lay.js';
import type { Edit } from '../../src/review/model.js';
import { Pen } from '../../src/review/pen.js';
import { dataOf, rewrite } from '../../src/review/rewrite.js';
import { DECISIONS_EXAMPLE, parseDecisions } from '../../src/works/index.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ficferry-pen-'));
  file = join(folder, 'decisions.yaml');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const K = (number: number) => `lj/ann/${number}`;
const set = (path: string | string[], value: Edit['value']): Edit => ({
  path: typeof path === 'string' ? path.split('>') : path,
  value,
});
const gone = (path: string): Edit => set(path, null);
const none = (path: string): Edit => ({ ...gone(path), none: true });

/** The text after these edits. */
function edited(text: string, ...edits: Edit[]): string {
  writeFileSync(file, text);
  new Pen(file).decide({ what: 'a test', edits });
  return readFileSync(file, 'utf8');
}

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof FicferryError) return `${error.code} ${error.message}`;
    throw error;
  }
  return 'no refusal';
}

/** As a person writes: comments of every kind, blanks to line them up, blank lines, several styles of text. */
const HERS = `# Ann's own notes

works:
    # the long one
    lj/ann/1:   # begun in Leeds
        title: "The Lamp"      # not "A Lamp"
        summary: |
            The lights go out.

            # this is a line of the summary

        fandoms:
            # the main one first
            - Lost
            - Heroes   # only a guest

        rating:    Mature
    'lj/ann/2': {title: Salt, complete: true}   # short


rules:
  names:
    Mark/Alex:   Mark Sloan/Alex Karev
# the end
`;

describe('an edit changes its own lines and no others', () => {
  it.each<[string, Edit[], [string, string][]]>([
    ['another text', [set(`works>${K(1)}>title`, 'The Lantern')], [['title: "The Lamp"  ', 'title: The Lantern  ']]],
    ['a word', [set(`works>${K(1)}>rating`, 'Explicit')], [['rating:    Mature', 'rating: Explicit']]],
    [
      'a text of several lines for one',
      [set(`works>${K(1)}>title`, 'A\nB')],
      [['title: "The Lamp"      # not "A Lamp"\n', 'title: |-      # not "A Lamp"\n          A\n          B\n']],
    ],
    [
      'one line for several',
      [set(`works>${K(1)}>summary`, 'Dark.')],
      [
        [
          'summary: |\n            The lights go out.\n\n            # this is a line of the summary\n',
          'summary: Dark.\n',
        ],
      ],
    ],
    [
      'a list, whose comment lines stay',
      [set(`works>${K(1)}>fandoms`, ['Lost'])],
      [
        [
          'fandoms:\n            # the main one first\n            - Lost\n            - Heroes   # only a guest\n',
          'fandoms: [Lost]\n        # the main one first\n',
        ],
      ],
    ],
    ['what goes', [gone(`works>${K(1)}>rating`)], [['        rating:    Mature\n', '']]],
    [
      'what goes with its key',
      [gone('rules>names>Mark/Alex')],
      [['rules:\n  names:\n    Mark/Alex:   Mark Sloan/Alex Karev\n', '']],
    ],
    [
      'a new field of a work',
      [set(`works>${K(1)}>complete`, true)],
      [['        rating:    Mature\n', '        rating:    Mature\n        complete: true\n']],
    ],
    [
      'a field in braces',
      [set(`works>${K(2)}>title`, 'Salt, and "Sand"')],
      [['{title: Salt, complete: true}', '{title: \'Salt, and "Sand"\', complete: true}']],
    ],
    [
      'a new work, a new rule and a new part',
      [
        set(`works>${K(3)}>in`, false),
        set('rules>names>Kit: x', 'Kit'),
        set(`entries>${K(4)}>fields>notes`, 'a'),
        none(`entries>${K(4)}>fields>series`),
      ],
      [
        ['complete: true}   # short\n', `complete: true}   # short\n    ${K(3)}:\n      in: false\n`],
        [
          'Mark Sloan/Alex Karev\n',
          `Mark Sloan/Alex Karev\n    "Kit: x": Kit\n\nentries:\n  ${K(4)}:\n    fields:\n      notes: a\n      series: null\n`,
        ],
      ],
    ],
    ['nothing, where it says so already', [set(`works>${K(1)}>title`, 'The Lamp'), gone(`works>${K(9)}>title`)], []],
  ])('%s', (_, edits, changes) => {
    const expected = changes.reduce((text, [from, to]) => {
      expect(text).toContain(from);
      return text.replace(from, () => to);
    }, HERS);
    expect(edited(HERS, ...edits)).toBe(expected);
    expect(edited(HERS.replaceAll('\n', '\r\n'), ...edits)).toBe(expected.replaceAll('\n', '\r\n'));
  });

  it('keeps her comment lines where all around them goes, and no text above swallows them', () => {
    const text = `works:\n  lj/ann/1:\n    summary: |\n      Dark.\n    fandoms:\n        # first\n      - Lost\n`;
    expect(edited(text, gone(`works>${K(1)}>fandoms`))).toBe(
      'works:\n  lj/ann/1:\n    summary: |\n      Dark.\n    # first\n',
    );
    expect(edited(text, gone(`works>${K(1)}`))).toBe('  # first\n'.replace('  ', ''));
  });

  it('goes on behind a last line without an end, and behind a text that ends in blank lines', () => {
    expect(edited('works:\n  lj/ann/1:\n    title: A', set(`works>${K(1)}>complete`, true))).toBe(
      'works:\n  lj/ann/1:\n    title: A\n    complete: true\n',
    );
    const kept = edited(
      'works:\n  lj/ann/1:\n    summary: |+\n      A\n\n\nrules: {split: true}\n',
      set(`works>${K(1)}>title`, 'T'),
    );
    expect(kept).toBe('works:\n  lj/ann/1:\n    summary: |+\n      A\n\n\n    title: T\nrules: {split: true}\n');
  });

  it('leaves a mark at the beginning of the file where it is', () => {
    expect(edited('\ufeffworks:\n  lj/ann/1: {title: A}\n', set(`works>${K(1)}>title`, 'B'))).toBe(
      '\ufeffworks:\n  lj/ann/1: {title: B}\n',
    );
  });
});

describe('any value comes back as it was', () => {
  it.each([
    'a: b',
    '# no comment',
    ' leading',
    'trailing ',
    '\n',
    'a\n',
    'a\n\n',
    '  lead\nand more',
    '\ttab\nx',
    'a\r\nb',
    'null',
    'yes',
    'true',
    '12',
    '0x1f',
    '2009-05-31',
    '- a',
    '? a',
    '&a',
    '*a',
    '!t',
    '%d',
    '@x',
    '`x',
    '"',
    "'",
    '“Ω” — naïve 葉 🕯',
    'zero\u200bwidth\u00a0\u2028',
    '\u0007',
    '|',
    '>',
    '{a: b}',
    '[a]',
    '~',
    '---',
    '...',
    'a #b',
    'x'.repeat(3000),
  ])('%j', (text) => {
    const lines = [set(`works>${K(1)}>summary`, text), set(`entries>${K(1)}>fields>authors`, [text, text])];
    const made = edited(HERS, ...lines, ...(text.trim() ? [set(['rules', 'names', text], text)] : []));
    const decisions = parseDecisions(made, file);
    expect(decisions.works?.[K(1)]?.summary).toBe(text);
    expect(decisions.entries?.[K(1)]?.fields?.authors).toEqual([text, text]);
    if (text.trim()) expect(decisions.rules?.names?.[text]).toBe(text);
    expect(made).toContain('    # the long one\n    lj/ann/1:   # begun in Leeds\n');
  });
});

describe('files of every kind', () => {
  it('is made where there is none, for its owner alone', () => {
    const pen = new Pen(join(folder, 'deeper', 'decisions.yaml'));
    expect(pen.read().decisions).toEqual({});
    pen.decide({ what: 'a', edits: [set(`works>${K(1)}>looked`, true)] });
    expect(readFileSync(pen.file, 'utf8')).toMatch(
      /^# What I decided.*\n\nworks:\n {2}lj\/ann\/1:\n {4}looked: true\n$/,
    );
    if (process.platform !== 'win32') expect(statSync(pen.file).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['empty', '', ''],
    ['nothing but comments', '# mine\n', '# mine\n'],
    ['comments without an end', '# mine', '# mine\n'],
    ['a document that begins', '# mine\n---\n', '# mine\n---\n'],
  ])('may be %s', (_, text, kept) => {
    const made = edited(text, set(`works>${K(1)}>looked`, true));
    expect(made.replace(/\n*works:\n {2}lj\/ann\/1:\n {4}looked: true\n$/, text === '' ? '' : '\n')).toBe(kept);
    expect(parseDecisions(made, file)).toEqual({ works: { [K(1)]: { looked: true } } });
  });

  it('may be in braces, which become lines, and keeps its comments', () => {
    const made = edited('# mine\n{works: {lj/ann/1: {title: A}}}\n', set(`works>${K(1)}>complete`, true));
    expect(made).toMatch(/^# mine\n/);
    expect(parseDecisions(made, file)).toEqual({ works: { [K(1)]: { title: 'A', complete: true } } });
  });

  it('may use anchors: what one of two says is changed without the other', () => {
    const text = 'works:\n  # one\n  lj/ann/1: &both\n    title: A\n    rating: Mature\n  lj/ann/2: *both\n';
    const { works } = parseDecisions(edited(text, set(`works>${K(1)}>title`, 'B')), file);
    expect(works).toEqual({ [K(1)]: { title: 'B', rating: 'Mature' }, [K(2)]: { title: 'A', rating: 'Mature' } });
    expect(parseDecisions(edited(text, set(`works>${K(2)}>title`, 'B')), file).works?.[K(1)]?.title).toBe('A');
    const rest = edited(text, gone(`works>${K(1)}`));
    expect(parseDecisions(rest, file).works).toEqual({ [K(2)]: { title: 'A', rating: 'Mature' } });
    expect(rest).toContain('# one');
    expect(edited(text, set(`works>${K(3)}>title`, 'C'))).toBe(`${text}  lj/ann/3:\n    title: C\n`);
  });

  it('may be a link, and keeps its mode', () => {
    if (process.platform === 'win32') return;
    const real = join(folder, 'elsewhere.yaml');
    writeFileSync(real, 'works:\n  lj/ann/1: {title: A}\n');
    chmodSync(real, 0o640);
    symlinkSync(real, file);
    new Pen(file).decide({ what: 'a', edits: [set(`works>${K(1)}>title`, 'B')] });
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(readFileSync(real, 'utf8')).toContain('{title: B}');
    expect(statSync(real).mode & 0o777).toBe(0o640);
  });

  it.each([
    ['an alias of nothing', 'works:\n  lj/ann/1: *x\n', /line 2: .*x/],
    ['a key that stands twice', 'works:\n  lj/ann/1:\n    title: A\n    title: B\n', /line 4: .*unique/],
    ['broken YAML', 'works:\n  lj/ann/1: {title: A\n', /line \d/],
    ['an unknown key', 'works:\n  lj/ann/1:\n    tilte: A\n', /line 3: works → lj\/ann\/1 → tilte/],
    ['no map', '- a\n', /line 1: a map/],
    ['two documents', 'works: {}\n---\nworks: {}\n', /line \d/],
    [
      'letters that are not UTF-8',
      Buffer.from('works:\n  lj/ann/1:\n    title: Zoë\n', 'latin1'),
      /line 3: a letter that is not in UTF-8/,
    ],
  ])('refuses %s with its line, and touches nothing', (_, text, said) => {
    writeFileSync(file, text);
    const pen = new Pen(file);
    expect(pen.read().trouble).toMatch(said);
    expect(refusal(() => pen.decide({ what: 'a', edits: [set(`works>${K(1)}>looked`, true)] }))).toMatch(said);
    expect(readFileSync(file)).toEqual(Buffer.from(text));
    expect(readdirSync(folder)).toEqual(['decisions.yaml']);
  });

  it('knows the last that could be read while it is broken, and goes on when it is mended', () => {
    writeFileSync(file, 'works: {lj/ann/1: {title: A}}\n');
    const pen = new Pen(file);
    writeFileSync(file, 'works: {lj/ann/1: {title: B\n');
    expect(pen.read().decisions.works?.[K(1)]?.title).toBe('A');
    writeFileSync(file, 'works: {lj/ann/1: {title: B}}\n');
    expect(pen.read()).toEqual({ revision: expect.any(String), decisions: { works: { [K(1)]: { title: 'B' } } } });
  });

  it.each([
    [set(`works>${K(1)}>rating`, 5), /BAD_DECISIONS works → lj\/ann\/1 → rating: /],
    [set('works>no key>title', 'x'), /BAD_DECISIONS works → no key: /],
    [set(`works>${K(1)}>title>deeper`, 'x'), /BAD_DECISIONS works → lj\/ann\/1 → title: /],
    [set(`work>${K(1)}`, 'x'), /BAD_DECISIONS work: /],
  ])('refuses what is no decision: %j', (edit, said) => {
    writeFileSync(file, HERS);
    expect(refusal(() => new Pen(file).decide({ what: 'a', edits: [edit] }))).toMatch(said);
    expect(readFileSync(file, 'utf8')).toBe(HERS);
  });
});

describe('undo', () => {
  const title = (text: string) => ({ what: `title ${text}`, edits: [set(`works>${K(1)}>title`, text)] });

  it('brings back the bytes, change by change, up to there being no file', () => {
    const pen = new Pen(file);
    pen.decide(title('A'));
    const first = readFileSync(file, 'utf8');
    pen.decide({ what: 'all of it', edits: [gone(`works>${K(1)}`), set('rules>split', true)] });
    expect(pen.undoable).toBe('all of it');
    pen.undo();
    expect(readFileSync(file, 'utf8')).toBe(first);
    expect(pen.undoable).toBe('title A');
    pen.undo();
    expect(existsSync(file)).toBe(false);
    expect(refusal(() => pen.undo())).toMatch(/nothing to take back/);
  });

  it('takes back its own and no more where the file was edited since', () => {
    writeFileSync(file, HERS);
    const pen = new Pen(file);
    pen.decide({ what: 'two', edits: [set(`works>${K(1)}>title`, 'X'), set(`works>${K(1)}>rating`, 'Explicit')] });
    const hand = readFileSync(file, 'utf8').replace('title: X', 'title: Mine').replace('# the end', '# the very end');
    writeFileSync(file, hand);
    pen.undo();
    expect(readFileSync(file, 'utf8')).toBe(hand.replace('rating: Explicit', 'rating: Mature'));
  });

  it('says so where nothing of it is left', () => {
    const pen = new Pen(file);
    pen.decide(title('A'));
    writeFileSync(file, 'works:\n  lj/ann/1: {title: Mine}\n');
    expect(refusal(() => pen.undo())).toMatch(
      /decisions\.yaml was edited since, so title A was left as it stands there/,
    );
    expect(readFileSync(file, 'utf8')).toContain('Mine');
    expect(pen.undoable).toBeUndefined();
  });

  it('brings back a word that was null', () => {
    writeFileSync(file, 'rules:\n  tags: {sad: null}\n');
    const pen = new Pen(file);
    pen.decide({ what: 'a', edits: [set('rules>tags>sad', 'Angst')] });
    writeFileSync(file, readFileSync(file, 'utf8').replace('rules:', '# hers\nrules:'));
    pen.undo();
    expect(readFileSync(file, 'utf8')).toBe('# hers\nrules:\n  tags: {sad: null}\n');
  });
});

describe('an edit by hand between two of ours', () => {
  it('is kept, and noticed once', () => {
    writeFileSync(file, HERS);
    const pen = new Pen(file);
    expect(pen.wasEditedElsewhere()).toBe(false);
    const before = pen.decide({ what: 'a', edits: [set(`works>${K(1)}>rating`, 'Explicit')] });
    expect(pen.wasEditedElsewhere()).toBe(false);
    writeFileSync(file, readFileSync(file, 'utf8').replace('Mark/Alex:   ', 'Mark/Addie:   '));
    const after = pen.decide({ what: 'b', edits: [set(`works>${K(1)}>complete`, true)] });
    expect(after).not.toBe(before);
    expect(pen.wasEditedElsewhere()).toBe(true);
    expect(pen.wasEditedElsewhere()).toBe(false);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('Mark/Addie:   Mark');
    expect(text).toContain('rating: Explicit\n        complete: true\n');
  });

  it('gives another revision, and the same text the same', () => {
    writeFileSync(file, HERS);
    const pen = new Pen(file);
    const { revision } = pen.read();
    writeFileSync(file, `${HERS}# more\n`);
    expect(pen.read().revision).not.toBe(revision);
    writeFileSync(file, HERS);
    expect(pen.read().revision).toBe(revision);
  });
});

describe('a crash', () => {
  const dieAt = fileURLToPath(new URL('../torture/dieAt.mjs', import.meta.url));
  const child = fileURLToPath(new URL('pen-child.ts', import.meta.url));

  it('at any change of the disk leaves the old file or the new one', () => {
    const wanted = HERS.replace('rating:    Mature', 'rating: Explicit');
    const ends: string[] = [];
    for (let at = 1; ; at++) {
      writeFileSync(file, HERS);
      const env = { ...process.env, FICFERRY_DIE_AT: String(at), FICFERRY_DIE_TORN: '1' };
      const { signal, status, stderr } = spawnSync(
        process.execPath,
        ['--import', 'tsx', '--import', dieAt, child, file],
        { env, encoding: 'utf8' },
      );
      const text = readFileSync(file, 'utf8');
      expect([HERS, wanted]).toContain(text);
      ends.push(text === HERS ? 'old' : 'new');
      if (signal === null) {
        expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
        break;
      }
      // what was left beside is no hindrance
      new Pen(file).decide({ what: 'again', edits: [set(`works>${K(1)}>rating`, 'Explicit')] });
      expect(readFileSync(file, 'utf8')).toBe(wanted);
    }
    expect(ends.at(-1)).toBe('new');
    expect(ends.filter((end) => end === 'old').length).toBeGreaterThan(1);
  });
});

describe('whatever is edited', () => {
  const text = fc.oneof(
    fc.string({ minLength: 1, unit: 'grapheme' }),
    fc.constantFrom('A', 'a\nb', ' x', '#', 'k: v', '|', 'x\n\n', 'null'),
  );
  const key = fc.constantFrom(K(1), K(2), K(23456), 'livejournal/lampwright/23456', 'livejournal/lampwright/12801');
  const word = fc.oneof(
    fc.constantFrom('Mark/Alex', 'sad', 'greys', 'Kit: x', '- k', '5'),
    text.filter((name) => name !== '__proto__'),
  );
  const edit: fc.Arbitrary<Edit> = fc.oneof(
    fc.record({
      path: fc.tuple(fc.constant('works'), key, fc.constantFrom('title', 'summary', 'recipient')),
      value: fc.option(text),
    }),
    fc.record({
      path: fc.tuple(fc.constant('works'), key, fc.constantFrom('fandoms', 'additionalTags')),
      value: fc.option(fc.array(text, { maxLength: 4 })),
    }),
    fc.record({ path: fc.tuple(fc.constant('works'), key), value: fc.constant(null) }),
    fc.record({
      path: fc.tuple(fc.constant('entries'), key, fc.constant('fields'), fc.constantFrom('title', 'notes')),
      value: fc.option(text),
    }),
    fc.record({
      path: fc.tuple(fc.constant('entries'), key, fc.constant('fields'), fc.constantFrom('title', 'notes')),
      value: fc.constant(null),
      none: fc.constant(true as const),
    }),
    fc.record({ path: fc.tuple(fc.constant('rules'), fc.constantFrom('names', 'tags'), word), value: fc.option(text) }),
  );
  const files = fc.constantFrom(
    '',
    HERS,
    DECISIONS_EXAMPLE,
    HERS.replaceAll('\n', '\r\n'),
    'works: &a\n  lj/ann/1: &b {title: A}\n  lj/ann/2: *b\n',
    '{rules: {split: true}}\n',
    '# c',
  );

  it('reads as the same values laid over what the file said, and what is about other things stays line by line', () => {
    fc.assert(
      fc.property(files, fc.array(edit, { minLength: 1, maxLength: 8 }), (given, edits) => {
        const wanted = lay(dataOf(given) ?? {}, edits);
        const made = rewrite(given, wanted);
        expect(dataOf(made)).toEqual(wanted);
        expect(JSON.stringify(wanted)).not.toContain(':{}');
        if (given !== HERS) return;
        for (const line of ["# Ann's own notes\n", '# the end\n', '# the long one\n']) expect(made).toContain(line);
        if (!edits.some(({ path }) => path[1] === K(2) || path[1] === K(1)))
          expect(made).toContain(HERS.slice(HERS.indexOf('works:'), HERS.indexOf('\n\n\nrules')));
      }),
      { numRuns: 1500 },
    );
  });

  it('is brought back by undo', () => {
    fc.assert(
      fc.property(
        files,
        fc.array(fc.array(edit, { minLength: 1, maxLength: 4 }), { maxLength: 4 }),
        (given, changes) => {
          writeFileSync(file, given);
          const pen = new Pen(file);
          for (const edits of changes) refusal(() => pen.decide({ what: 'a', edits }));
          while (pen.undoable !== undefined) pen.undo();
          expect(readFileSync(file, 'utf8')).toBe(given);
        },
      ),
      { numRuns: 60 },
    );
  });
});
