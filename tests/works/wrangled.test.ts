/** What tag wranglers make of tags: their table read, and laid over works. */
import { describe, expect, it } from 'vitest';
import { csvText, readCsv } from '../../src/common/csv.js';
import { loadConfig } from '../../src/config.js';
import type { Archive } from '../../src/model.js';
import { newTags, readTagTable, tagTableText } from '../../src/works/index.js';
import { wrangle } from '../../src/works/wrangled.js';

const config = loadConfig();
const COLUMNS = [
  'Original Tag ID',
  'Original Tag',
  'Original Tag Type',
  'Recommended AO3 Tag',
  'Recommended AO3 Type',
  'Recommended AO3 Category (for relationships)',
  'TW Notes',
];
const table = (...rows: string[][]) =>
  new TextEncoder().encode(
    csvText(
      COLUMNS,
      rows.map((row, index) => [String(index + 1), ...row]),
    ),
  );
const read = (...rows: string[][]) => readTagTable(table(...rows), 'filled.csv', config);

const archive: Archive = {
  rating: 'Not Rated',
  warnings: ['Choose Not To Use Archive Warnings'],
  categories: [],
  fandoms: ['Sga', 'Actor Rpf'],
  relationships: ['Rodney/John', 'Odile/Bram'],
  characters: ['Rodney', 'John'],
  additionalTags: ['H/c'],
};

describe('a filled table', () => {
  const { wrangled, warnings } = read(
    ['SGA', 'Fandom', 'Stargate Atlantis', 'Fandom', '', ''],
    ['Actor RPF', 'fandoms', 'Real Person Fiction', 'Additional Tag', '', 'no fandom'],
    ['Rodney/John', 'Relationship', 'Rodney McKay/John Sheppard', '', 'M/M', ''],
    ['H/C', 'Genre', 'Hurt/Comfort, Emotional Hurt/Comfort，John Sheppard', 'Freeform,Freeform,Character', '', ''],
    ['Odile/Bram', 'Relationship', '', 'Relationship', 'F/M', 'not yet'],
    ['Not Rated', 'Rating', 'Teen And Up Audiences', 'Rating', '', ''],
  );

  it('becomes works’ tags: one, several, or of another kind; what nobody filled in stays', () => {
    expect(warnings).toEqual([]);
    const { archive: next, evidence } = wrangle(archive, wrangled);
    expect(next).toEqual({
      rating: 'Teen And Up Audiences',
      warnings: ['Choose Not To Use Archive Warnings'],
      categories: ['M/M'],
      fandoms: ['Stargate Atlantis'],
      relationships: ['Rodney McKay/John Sheppard', 'Odile/Bram'],
      characters: ['Rodney', 'John', 'John Sheppard'],
      additionalTags: ['Real Person Fiction', 'Hurt/Comfort', 'Emotional Hurt/Comfort'],
    });
    expect(evidence['archive.fandoms']).toEqual({ from: 'decision', raw: 'tag wranglers: Sga → Stargate Atlantis' });
    expect(evidence['archive.characters']?.raw).toBe('tag wranglers: H/c → John Sheppard');
    expect(wrangle(archive, [])).toEqual({ archive, evidence: {} });
  });

  it('makes its tags known, so that no volunteer is counted on to sort them', () => {
    const works = [
      {
        archive: {
          ...archive,
          fandoms: ['The Glasshouse Line'],
          relationships: [],
          characters: [],
          additionalTags: [],
        },
      },
    ];
    expect(newTags(works, config).total).toBe(1);
    const { wrangled: known } = read(['x', 'Fandom', 'The Glasshouse Line', 'Fandom', '', '']);
    expect(newTags(works, { ...config, wrangled: known }).total).toBe(0);
  });

  it('is kept in a form that says the same', () => {
    expect(readTagTable(new TextEncoder().encode(tagTableText(wrangled, config)), 'tags.csv', config)).toEqual({
      wrangled,
      warnings: [],
    });
    expect(readCsv(new TextEncoder().encode(tagTableText(wrangled, config))).rows).toHaveLength(5);
  });
});

describe('a line of it', () => {
  it.each<[string, string[], RegExp]>([
    ['without an original', ['', 'Fandom', 'X', '', '', ''], /line 2: the original tag is missing/],
    ['of no type', ['a', 'Thing', 'X', '', '', ''], /“Thing” is no type of tag/],
    ['recommended as no type', ['a', 'Fandom', 'X', 'Thing', '', ''], /“Thing” is no type of tag/],
    [
      'with a rating that the archive has not',
      ['R', 'Rating', 'Restricted', '', '', ''],
      /“Restricted” is none of the archive’s: Not Rated, /,
    ],
    ['with a warning that it has not', ['none', 'Warning', 'None', '', '', ''], /“None” is none of the archive’s/],
    ['with a category that it has not', ['a/b', 'Relationship', 'A/B', '', 'Slash', ''], /“Slash” is no category/],
    ['longer than a tag', ['a', 'Tag', 'x'.repeat(151), '', '', ''], /longer than 150 characters/],
    ['with what no tag may hold', ['a', 'Tag', 'a <b>', '', '', ''], /holds what no tag may: < >/],
  ])('%s is told and left out', (_, row, message) => {
    const { wrangled, warnings } = read(row, ['ok', 'Tag', 'Angst', '', '', '']);
    expect(warnings).toEqual([expect.stringMatching(message)]);
    expect(wrangled.map(({ tag }) => tag)).toEqual(['ok']);
  });

  it('of a file that is no such table is refused', () => {
    const bytes = new TextEncoder().encode('a,b\n1,2\n');
    expect(() => readTagTable(bytes, 'x.csv', config)).toThrow(
      /x\.csv is no tag table: it has no column "Original Tag"/,
    );
  });
});
