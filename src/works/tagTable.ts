/** The wranglers' table that comes back filled, read. */
import { BYTE_ORDER_MARK, type CsvRow, csvText, readCsv } from '../common/csv.js';
import type { TagType, Wrangled } from '../config/vocabulary.js';
import type { Config } from '../config.js';
import { FicferryError } from '../errors.js';

type Archive = Pick<Config, 'archive'>;

/** Where a cell of several tags is parted: tags have no commas. */
const COMMAS = /[,，、]/;

/**
 * Lines with a recommendation. A cell may hold several tags, parted by commas, and as many types; where there are fewer types than tags, the
 * first counts for the rest, and without any the tag's own. What the archive would not take is left out and told, with its line.
 * @param file its name, for messages
 * @throws FicferryError BAD_TAGS where it is no such table
 */
export function readTagTable(
  bytes: Uint8Array,
  file: string,
  { archive }: Archive,
): { wrangled: Wrangled[]; warnings: string[] } {
  const { tagSheet } = archive.openDoors;
  const { columns, rows } = tableOf(bytes, file);
  const names = new Set(columns.map((name) => name.toLowerCase()));
  for (const needed of [tagSheet.tag, tagSheet.type, tagSheet.recommended])
    if (!names.has(needed.toLowerCase())) throw bad(file, `it has no column "${needed}"`);
  const found = new Map<string, Wrangled>();
  const warnings: string[] = [];
  for (const row of rows) {
    const read = rowOf(row, archive);
    if (read === undefined) continue;
    if (typeof read === 'string') warnings.push(`${file}, line ${row.line}: ${read}`);
    else found.set(`${read.type} ${read.tag}`, read);
  }
  return { wrangled: [...found.values()], warnings };
}

function tableOf(bytes: Uint8Array, file: string): ReturnType<typeof readCsv> {
  try {
    return readCsv(bytes);
  } catch (error) {
    throw bad(file, (error as Error).message);
  }
}

/** What a line says, or what is wrong with it; undefined where nobody has filled it in. */
function rowOf({ cell }: CsvRow, archive: Config['archive']): Wrangled | string | undefined {
  const { tagSheet } = archive.openDoors;
  const tags = partsOf(cell(tagSheet.recommended));
  if (tags.length === 0) return undefined;
  const tag = cell(tagSheet.tag);
  const type = typeOf(cell(tagSheet.type), archive);
  if (tag === '') return 'the original tag is missing';
  if (type === undefined) return `“${cell(tagSheet.type)}” is no type of tag`;
  const types = partsOf(cell(tagSheet.recommendedType));
  const to: Wrangled['to'] = [];
  for (const [index, name] of tags.entries()) {
    const word = types[index] ?? types[0];
    const kind = word === undefined ? type : typeOf(word, archive);
    if (kind === undefined) return `“${word}” is no type of tag`;
    const trouble = troubleOf(kind, name, archive);
    if (trouble) return trouble;
    to.push({ type: kind, tag: name });
  }
  const categories = partsOf(cell(tagSheet.category));
  const strange = categories.find((name) => !archive.categories.includes(name));
  return strange === undefined ? { type, tag, to, categories } : `“${strange}” is no category of the archive`;
}

function partsOf(text: string): string[] {
  return text
    .split(COMMAS)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter(Boolean);
}

function typeOf(word: string, { openDoors }: Config['archive']): TagType | undefined {
  const wanted = word.trim().toLowerCase();
  const hit = Object.entries(openDoors.types).find(([, words]) => words.some((one) => one.toLowerCase() === wanted));
  return hit?.[0] as TagType | undefined;
}

function troubleOf(type: TagType, tag: string, archive: Config['archive']): string | undefined {
  const canonical = { rating: archive.ratings, warnings: archive.warnings, categories: archive.categories };
  const names = type in canonical ? canonical[type as keyof typeof canonical] : undefined;
  if (names && !names.includes(tag)) return `“${tag}” is none of the archive’s: ${names.join(', ')}`;
  if ([...tag].length > archive.limits.tag) return `“${tag}” is longer than ${archive.limits.tag} characters`;
  const forbidden = [...archive.tagForbidden].filter((char) => tag.includes(char));
  return forbidden.length > 0 ? `“${tag}” holds what no tag may: ${forbidden.join(' ')}` : undefined;
}

/** The same in the form in which it is kept: what `readTagTable` reads, and a person may mend. */
export function tagTableText(wrangled: readonly Wrangled[], { archive }: Archive): string {
  const { tagSheet, types } = archive.openDoors;
  const columns = [tagSheet.tag, tagSheet.type, tagSheet.recommended, tagSheet.recommendedType, tagSheet.category];
  const word = (type: TagType) => types[type][0] as string;
  const rows = wrangled.map(({ type, tag, to, categories }) => [
    tag,
    word(type),
    to.map((one) => one.tag).join(', '),
    to.map((one) => word(one.type)).join(', '),
    categories.join(', '),
  ]);
  return BYTE_ORDER_MARK + csvText(columns, rows);
}

function bad(file: string, why: string): FicferryError {
  const advice = 'Give the tag table of "--for open-doors", filled in and saved as CSV.';
  return new FicferryError('BAD_TAGS', `${file} is no tag table: ${why}`, advice);
}
