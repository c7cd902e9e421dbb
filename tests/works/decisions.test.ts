import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FicferryError } from '../../src/errors.js';
import { DECISIONS_EXAMPLE, type Decisions, parseDecisions, planWorks } from '../../src/works/index.js';
import { config, key, record } from './records.js';

const plan = (records: Parameters<typeof planWorks>[0], decisions: Decisions) => planWorks(records, decisions, config);
const part = (number: number, place: number, of = 3) =>
  record(number, { title: 'The Long Tide', part: { number: place, of } });
const chapters = (plan: ReturnType<typeof planWorks>) =>
  plan.works.map((work) => work.chapters.map(({ entry }) => Number(entry.split('/')[2])));

describe('the file', () => {
  const mistake = (text: string) => {
    try {
      parseDecisions(text, '/somewhere/decisions.yaml');
    } catch (error) {
      if (error instanceof FicferryError) return `${error.code} ${error.message}`;
    }
    return 'no mistake';
  };

  it('is read whole, and the docs show the same example', () => {
    const decisions = parseDecisions(DECISIONS_EXAMPLE, 'decisions.yaml');
    expect(decisions.entries?.[key(12801)]).toEqual({
      kind: 'fic',
      fields: { title: 'Salt on the Sill', rating: 'PG' },
    });
    expect(decisions.works?.[key(23456)]?.summary).toBe('The lights go out and the work goes on.\n');
    expect(decisions.rules?.tags).toEqual({ sad: 'Angst', christmas: null });
    expect(readFileSync(new URL('../../docs/decisions.md', import.meta.url), 'utf8')).toContain(DECISIONS_EXAMPLE);
  });

  it('may be empty', () => {
    expect(parseDecisions('', 'decisions.yaml')).toEqual({});
    expect(parseDecisions('# nothing yet\n', 'decisions.yaml')).toEqual({});
  });

  it.each([
    ['an unknown part', 'works: {}\nentires: {}\n', /^BAD_DECISIONS decisions\.yaml, line 2: entires: /],
    [
      'an unknown key of an entry',
      'entries:\n  lj/a/1:\n    kind: fic\n    tilte: x\n',
      /line 4: entries → lj\/a\/1 → tilte/,
    ],
    ['an unknown header field', 'entries:\n  lj/a/1:\n    fields:\n      pairing: A/B\n', /line 4: .*pairing/],
    ['a wrong kind', 'entries:\n  lj/a/1:\n    kind: story\n', /line 3: entries → lj\/a\/1 → kind: /],
    ['a wrong key', 'entries:\n  23456:\n    kind: fic\n', /line 2: .*23456/],
    ['a list where a text belongs', 'works:\n  lj/a/1:\n    title: [a]\n', /line 3: .*title: .*string/],
    [
      'a wrong date',
      'works:\n  lj/a/1:\n    published: 31.5.2009\n',
      /line 3: .*a date such as 2009-05-31 was expected/,
    ],
    [
      'no address of a work',
      'works:\n  lj/a/1:\n    onArchive: https://archiveofourown.org/users/x\n',
      /line 3: .*onArchive: an address such as https:\/\/archiveofourown\.org\/works\/123 was expected, or false/,
    ],
    ['no address at all', 'works:\n  lj/a/1:\n    onArchive: true\n', /line 3: .*onArchive: an address such as/],
    ['a wrong reason', 'entries:\n  lj/a/1:\n    leaveOut: false\n', /line 3: .*true or a reason was expected/],
    ['a wrong day', 'entries:\n  lj/a/1:\n    date: 2009\n', /line 3: .*a date such as 2009-05-31 was expected/],
    ['an empty list of passages', 'works:\n  lj/a/1:\n    redact: []\n', /line 3: works → lj\/a\/1 → redact/],
    ['broken YAML', 'entries:\n  lj/a/1: {kind: fic\n', /^BAD_DECISIONS decisions\.yaml, line \d/],
    ['no map at all', '- a\n', /line 1: a map/],
  ])('names file and line of %s', (_, text, expected) => {
    expect(mistake(text)).toMatch(expected);
  });
});

describe('about an entry', () => {
  it('says what it is', () => {
    const records = [record(1, {}, { kind: 'other' }), record(2, { title: 'Salt' })];
    const { works, leftOut } = plan(records, { entries: { [key(1)]: { kind: 'fic' }, [key(2)]: { kind: 'other' } } });
    expect(works.map(({ title }) => title)).toEqual(['Post 1']);
    expect(works[0]?.evidence.kind).toEqual({ from: 'decision', raw: 'fic' });
    expect(leftOut).toMatchObject([{ entry: key(2), reason: 'decided' }]);
  });

  it('says when it was posted', () => {
    const pinned = record(1, { title: 'Salt' }, { postedAt: '2038-01-19T03:14:07' });
    const undated = record(2, { title: 'Pepper' }, { postedAt: undefined });
    const date = '2009-05-31';
    const { works } = plan([pinned, undated, record(3, { title: 'Sage' })], {
      entries: { [key(1)]: { date }, [key(2)]: { date } },
    });
    expect(works.map(({ published, chapters: [one] }) => [published, one?.postedAt])).toEqual([
      ['2009-05-04', '2009-05-04T20:15:00'],
      ['2009-05-31', '2009-05-31T00:00:00'],
      ['2009-05-31', '2009-05-31T03:14:07'],
    ]);
  });

  it('leaves it out with the reason given', () => {
    const { leftOut } = plan([record(1), record(2)], {
      entries: { [key(1)]: { leaveOut: true }, [key(2)]: { leaveOut: 'not mine' } },
    });
    expect(leftOut.map(({ reason, detail }) => `${reason}: ${detail}`)).toEqual([
      'decided: taken out in decisions.yaml',
      'decided: not mine',
    ]);
  });

  it('lays fields over the header, clears them, and says so', () => {
    const read = record(
      1,
      { title: 'Slat', rating: 'PG', notes: 'said Tom.' },
      { evidence: { title: { from: 'subject', raw: 'Slat' } } },
    );
    const { works } = plan([read], {
      entries: { [key(1)]: { fields: { title: 'Salt', rating: 'NC-17', notes: null } } },
    });
    expect(works[0]).toMatchObject({ title: 'Salt', archive: { rating: 'Explicit' } });
    expect(works[0]?.notes).toBeUndefined();
    expect(works[0]?.evidence).toMatchObject({
      title: { from: 'decision', raw: 'Salt' },
      rating: { from: 'decision', raw: 'NC-17' },
      notes: { from: 'decision', raw: 'nothing' },
    });
    expect(read.header.title).toBe('Slat');
  });

  it('lets parts join by the title it gives', () => {
    const records = [part(1, 1, 2), record(2, { title: 'Teh Long Tide', part: { number: 2, of: 2 } })];
    expect(chapters(plan(records, {}))).toEqual([[1], [2]]);
    expect(chapters(plan(records, { entries: { [key(2)]: { fields: { title: 'The Long Tide' } } } }))).toEqual([
      [1, 2],
    ]);
  });

  it('puts it into a work by name, by the title of a joined work, or by key, at a place', () => {
    const records = [
      part(1, 1),
      part(2, 2),
      record(3, { title: 'Interlude' }),
      part(4, 3),
      record(5, {}, { kind: 'other' }),
    ];
    const named = {
      entries: { [key(3)]: { work: 'the long tide', place: 2.5 }, [key(5)]: { work: key(1), chapterTitle: 'Thanks' } },
    };
    const result = plan(records, named);
    expect(chapters(result)).toEqual([[1, 2, 3, 4, 5]]);
    expect(result.works[0]?.chapters[4]?.title).toBe('Thanks');
    const both = plan([record(1, { title: 'Ebb' }), record(2, { title: 'Flow' })], {
      entries: { [key(1)]: { work: 'Tides' }, [key(2)]: { work: 'Tides' } },
    });
    expect(chapters(both)).toEqual([[1, 2]]);
  });

  it('keeps it apart', () => {
    expect(chapters(plan([part(1, 1), part(2, 2), part(3, 3)], { entries: { [key(2)]: { separate: true } } }))).toEqual(
      [[1, 3], [2]],
    );
  });

  it('gives facts in the archive’s words', () => {
    const { works } = plan([part(1, 1), part(2, 2)], {
      entries: {
        [key(1)]: { archive: { categories: ['Gen'] } },
        [key(2)]: { archive: { categories: ['M/M'], characters: ['Tom Reed'] } },
      },
    });
    expect(works[0]?.archive).toMatchObject({ categories: ['Gen'], characters: ['Tom Reed'] });
  });

  it('survives two entries that point at each other', () => {
    expect(
      chapters(plan([record(1), record(2)], { entries: { [key(1)]: { work: key(2) }, [key(2)]: { work: key(1) } } })),
    ).toEqual([[1, 2]]);
  });
});

describe('about a work', () => {
  it('wins over everything that was read, and answers questions', () => {
    const { works } = plan([record(1, { title: 'Salt', warnings: 'none', summary: 'Long.', notes: 'Hm.' })], {
      works: {
        [key(1)]: {
          title: 'Sugar',
          authors: ['Ann'],
          warnings: ['no archive warnings apply'],
          summary: '',
          notes: 'Ha.',
          published: '2001-01-01',
          language: 'de',
          complete: false,
        },
      },
    });
    expect(works[0]).toMatchObject({
      slug: 'sugar',
      authors: ['Ann'],
      notes: 'Ha.',
      published: '2001-01-01',
      language: 'de',
      complete: false,
    });
    expect(works[0]?.summary).toBeUndefined();
    expect(works[0]?.archive.warnings).toEqual(['No Archive Warnings Apply']);
    expect(works[0]?.questions.some(({ field }) => field === 'warnings')).toBe(false);
    expect(works[0]?.evidence.warnings).toEqual({ from: 'decision', raw: 'No Archive Warnings Apply' });
  });

  it('gives its first and last chapter the days decided, since an archive takes them from there', () => {
    const days = (decision: NonNullable<Decisions['works']>[string], count: number) => {
      const parts = Array.from({ length: count }, (_, index) => part(index + 1, index + 1));
      return plan(parts, { works: { [key(1)]: decision } }).works[0]?.chapters.map(({ postedAt }) => postedAt);
    };
    expect(days({ published: '2001-01-01', updated: '2001-03-03' }, 3)).toEqual([
      '2001-01-01T20:15:00',
      '2009-05-03T20:15:00',
      '2001-03-03T20:15:00',
    ]);
    expect(days({ published: '2001-01-01', updated: '2001-03-03' }, 1)).toEqual(['2001-01-01T20:15:00']);
    expect(days({ updated: '2001-03-03' }, 1)).toEqual(['2001-03-03T20:15:00']);
  });

  it('says what may be done to its texts, else the rules do', () => {
    const { works } = plan([record(1, { title: 'One' }), record(2, { title: 'Two' }), record(3, { title: 'Three' })], {
      works: { [key(1)]: { split: false, redact: ['jane@example.org'] }, [key(2)]: { redact: false } },
      rules: { split: true, redact: true },
    });
    expect(works.map(({ split, redact }) => [split, redact])).toEqual([
      [false, ['jane@example.org']],
      [true, false],
      [true, true],
    ]);
    // the passages themselves are in nothing that is kept
    expect(works[0]?.evidence).not.toHaveProperty('redact');
    const [plain] = plan([record(1)], {}).works;
    expect(plain).not.toHaveProperty('split');
    expect(plain).not.toHaveProperty('redact');
  });

  it('holds when an earlier part turns up', () => {
    const decisions = { works: { [key(2)]: { title: 'Decided' } } };
    expect(plan([part(2, 2)], decisions).works[0]?.title).toBe('Decided');
    expect(plan([part(1, 1), part(2, 2)], decisions).works[0]?.title).toBe('Decided');
  });

  it('takes it out, whole', () => {
    const { works, leftOut } = plan([part(1, 1), part(2, 2), record(3)], { works: { [key(1)]: { in: false } } });
    expect(works).toHaveLength(1);
    expect(leftOut.map(({ entry, reason }) => `${entry} ${reason}`)).toEqual([
      `${key(1)} decided`,
      `${key(2)} decided`,
    ]);
  });

  it('tells whether the archive has it, by any of its posts, and rests no field on it', () => {
    const url = 'https://archiveofourown.org/works/12';
    const records = [part(1001, 1), part(1002, 2), record(2001, { title: 'Salt' }), record(3001, { title: 'Lamp' })];
    const found = plan(records, { works: { [key(1002)]: { onArchive: url }, [key(2001)]: { onArchive: false } } });
    expect(Object.fromEntries(found.onArchive)).toEqual({ 'the-long-tide': url, salt: false });
    for (const work of found.works) expect(work.evidence).not.toHaveProperty('onArchive');
  });

  it('takes it apart', () => {
    expect(chapters(plan([part(1, 1), part(2, 2)], { works: { [key(1)]: { separate: true } } }))).toEqual([[1], [2]]);
  });

  it('orders its chapters and takes others in', () => {
    const records = [part(1, 1), part(2, 2), part(3, 3), record(4, { title: 'Epilogue' })];
    expect(chapters(plan(records, { works: { [key(1)]: { order: [key(4), key(2)] } } }))).toEqual([[4, 2, 1, 3]]);
  });
});

describe('rules', () => {
  it('hold in every work', () => {
    const rules = {
      names: { Tom: 'Tom Reed' },
      fandoms: { hl: 'Harbour Lights' },
      authors: { lampwright: 'Lampwright' },
    };
    const { works } = plan(
      [record(1, { characters: ['Tom'], fandoms: ['HL'] }), record(2, { relationships: ['Tom/Ned'] })],
      { rules },
    );
    expect(works.map(({ authors }) => authors)).toEqual([['Lampwright'], ['Lampwright']]);
    expect(works[0]?.archive).toMatchObject({ characters: ['Tom Reed'], fandoms: ['Harbour Lights'] });
    expect(works[1]?.archive.relationships).toEqual(['Tom Reed/Ned']);
  });
});

describe('a decision that comes to nothing', () => {
  it('is named and stops nothing', () => {
    const { works, warnings } = plan([record(1, { rating: 'R' })], {
      entries: { [key(9)]: { kind: 'fic' }, [key(1)]: { work: key(8) } },
      works: { [key(7)]: { title: 'x' }, [key(1)]: { rating: 'R', order: [key(6)] } },
    });
    expect(works[0]?.archive.rating).toBe('Mature');
    expect(works[0]?.evidence.rating).toBeUndefined();
    expect(warnings).toEqual([
      `entries: ${key(9)} is not among the entries read, so its decisions wait.`,
      `entries: ${key(1)} belongs to the work of ${key(8)}, which is not among the entries read.`,
      `works: ${key(7)} is not among the entries read, so its decisions wait.`,
      `works: the order of ${key(1)} names ${key(6)}, which is not among the entries read.`,
      `works: ${key(1)}: the archive has no rating “R”; it knows “Not Rated”, “General Audiences”, “Teen And Up Audiences”, “Mature” and “Explicit”.`,
    ]);
  });
});
