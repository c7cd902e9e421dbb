/** `people.csv`, which an archivist fills in with a spreadsheet program. */
import { BYTE_ORDER_MARK, type CsvRow, csvText, readCsv } from '../common/csv.js';
import { FicferryError } from '../errors.js';
import { People, type Person, personKey } from './person.js';

const COLUMNS = {
  author: 'author',
  journals: 'journal',
  postedBy: 'posted by',
  works: 'works',
  archiveName: 'name on the archive',
  email: 'e-mail',
  permission: 'permission',
  doNotImport: 'do not import',
  note: 'note',
} as const satisfies Record<Exclude<keyof Person, 'more'>, string>;

/** Answers as people write them, in the languages of the journals. */
const YES = new Set(['y', 'yes', 'x', 'ok', 'true', '1', 'да', 'oui', 'sí', 'si', 'sì', 'ja']);
const NO = new Set(['n', 'no', 'false', '0', 'нет', 'non', 'nein']);

/** Several journals or accounts stand in one cell, parted by blanks: neither addresses nor accounts hold any. */
export function peopleCsv({ all }: People): string {
  const more = [...new Set(all.flatMap((person) => Object.keys(person.more ?? {})))];
  const rows = all.map((person) => [
    person.author,
    person.journals.join(' '),
    person.postedBy.join(' '),
    String(person.works),
    person.archiveName ?? '',
    person.email ?? '',
    person.permission ?? '',
    person.doNotImport ? 'yes' : '',
    person.note ?? '',
    ...more.map((column) => person.more?.[column] ?? ''),
  ]);
  return BYTE_ORDER_MARK + csvText([...Object.values(COLUMNS), ...more], rows);
}

/**
 * Reads the file back. What is no answer ("asked in May") counts as none, and a word about not importing that is neither yes nor no as
 * a yes; both are told.
 * @param file its name, for messages
 * @throws FicferryError BAD_PEOPLE
 */
export function readPeople(bytes: Uint8Array, file: string): { people: People; warnings: string[] } {
  const { columns, rows } = tableOf(bytes, file);
  if (!columns.some((name) => name.toLowerCase() === COLUMNS.author))
    throw bad(file, `has no column "${COLUMNS.author}"`);
  const known = new Set<string>(Object.values(COLUMNS));
  const own = columns.filter((name) => name !== '' && !known.has(name.toLowerCase()));
  const lines = new Map<string, number>();
  const warnings: string[] = [];
  const all: Person[] = [];
  for (const row of rows) {
    const person = personOf(row, own, (text) => warnings.push(`${file}, line ${row.line}: ${text}`));
    if (!person.author) throw bad(file, `line ${row.line}: the author is missing`);
    const before = lines.get(personKey(person.author));
    if (before !== undefined) throw bad(file, `lines ${before} and ${row.line} are both ${person.author}`);
    lines.set(personKey(person.author), row.line);
    all.push(person);
  }
  return { people: new People(all), warnings };
}

function tableOf(bytes: Uint8Array, file: string): ReturnType<typeof readCsv> {
  try {
    return readCsv(bytes);
  } catch (error) {
    throw bad(file, `is no table: ${(error as Error).message}`);
  }
}

function personOf({ cell }: CsvRow, own: readonly string[], warn: (text: string) => void): Person {
  const text = (field: keyof typeof COLUMNS) => cell(COLUMNS[field]);
  const several = (field: keyof typeof COLUMNS) => text(field).split(/\s+/).filter(Boolean);
  const permission = answer(text('permission'));
  if (permission === undefined && text('permission') !== '')
    warn(`“${text('permission')}” is neither yes nor no, and counts as no answer yet`);
  const refusal = answer(text('doNotImport'));
  if (refusal === undefined && text('doNotImport') !== '')
    warn(`“${text('doNotImport')}” under “${COLUMNS.doNotImport}” is neither yes nor no, and counts as yes`);
  return {
    author: text('author'),
    journals: several('journals'),
    postedBy: several('postedBy'),
    works: Number.parseInt(text('works'), 10) || 0,
    ...(text('archiveName') && { archiveName: text('archiveName') }),
    ...(text('email') && { email: text('email') }),
    ...(permission && { permission }),
    doNotImport: text('doNotImport') !== '' && refusal !== 'no',
    ...(text('note') && { note: text('note') }),
    ...(own.length > 0 && { more: Object.fromEntries(own.map((column) => [column, cell(column)])) }),
  };
}

function answer(text: string): 'yes' | 'no' | undefined {
  const word = text.toLowerCase();
  return YES.has(word) ? 'yes' : NO.has(word) ? 'no' : undefined;
}

function bad(file: string, what: string): FicferryError {
  const advice = 'Mend it, or move it away and make it anew with "ficferry people".';
  return new FicferryError(
    'BAD_PEOPLE',
    `${file} ${what.startsWith('line') ? `: ${what}` : what}`.replace(' : ', ', '),
    advice,
  );
}
