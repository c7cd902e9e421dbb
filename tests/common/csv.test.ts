/** Tables that spreadsheet programs save again: in their own way, and the same in the end. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BYTE_ORDER_MARK, csvText, readCsv } from '../../src/common/csv.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const cells = (text: Uint8Array, ...columns: string[]) => readCsv(text).rows.map(({ cell }) => columns.map(cell));

describe('a table that was written', () => {
  it('is read as it was, formulas and apostrophes and all', () => {
    // a cell's own blanks at its ends are nobody's meaning
    const value = fc
      .oneof(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('=1+1', "'=1", "''+", '-', "'a", 'a,b', 'a;b', 'x\r\ny', '"', '＝1'),
      )
      .map((text) => text.replaceAll('\0', '').trim());
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 6 }), (rows) => {
        const read = cells(bytes(BYTE_ORDER_MARK + csvText(['one', 'two'], rows)), 'one', 'two');
        expect(read).toEqual(rows.filter((row) => row.some((text) => text !== '')));
      }),
      { numRuns: 500 },
    );
  });
});

describe('a table that a spreadsheet program saved', () => {
  it('may be parted by semicolons or tabs, with columns in another order and case', () => {
    expect(cells(bytes('Note;Author\r\n"a; b";Jane\r\n'), 'author', 'note')).toEqual([['Jane', 'a; b']]);
    expect(cells(bytes('author\tnote\nJane\ta, b\n'), 'author', 'note')).toEqual([['Jane', 'a, b']]);
  });

  it('may be in the charset of an old program', () => {
    const western = Uint8Array.from([...'author\nZo'].map((char) => char.charCodeAt(0)).concat(0xeb));
    expect(cells(western, 'author')).toEqual([['Zoë']]);
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('author\nZoë\n', 'utf16le')]);
    expect(cells(wide, 'author')).toEqual([['Zoë']]);
  });

  it('knows on which line a row begins, also after a cell of several lines', () => {
    const { rows, columns } = readCsv(bytes('author,note\nJane,"one\ntwo"\n,\nJohn,x\n'));
    expect(columns).toEqual(['author', 'note']);
    expect(rows.map(({ line, cell }) => [line, cell('author')])).toEqual([
      [2, 'Jane'],
      [5, 'John'],
    ]);
    expect(rows[0]?.cell('no such column')).toBe('');
  });
});
