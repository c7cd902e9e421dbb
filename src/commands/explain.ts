/** What `ficferry read --explain` shows a person: each field, its value, where it came from, and the line it was read from. */
import { count } from '../common/wording.js';
import type { Evidence, Header } from '../model.js';
import type { ReadLine } from './read.js';

/** How much of a value or a line is shown, in characters; both are whole in the JSON. */
const SHOWN = 100;

const SOURCES: Record<Evidence['from'], string> = {
  header: "from the post's header",
  subject: 'from the subject',
  tag: 'from a tag',
  inferred: 'worked out',
  decision: 'your decision',
};

/** One page's reading in lines of plain text. */
export function explain(read: ReadLine): string[] {
  const title = `${read.file}: ${read.kind}`;
  if (!read.entry || !read.header) return [`${title} (${read.reason ?? 'no entry'})`];
  const why = read.evidence?.kind?.raw;
  return [
    why ? `${title} (${why})` : title,
    ...fields('The entry', entryFacts(read), {}),
    ...fields('The header, in the words of its author', Object.entries(read.header), read.evidence ?? {}),
    ...fields("In the archive's words", Object.entries(read.archive ?? {}), archiveEvidence(read)),
    ...storyEnds(read),
  ];
}

function entryFacts({ entry }: ReadLine): [string, unknown][] {
  if (!entry) return [];
  const { url, subject, poster, postedAt, tags, security, layout, mended, garbled } = entry;
  const facts = { address: url, subject, poster, posted: postedAt, tags, security, layout };
  return Object.entries({
    ...facts,
    mended: mended && `${count(mended.places, 'place')} of broken characters: “${mended.raw}” read as “${mended.read}”`,
    garbled: garbled && `${count(garbled.places, 'place')} of lost or broken characters left: “${garbled.raw}”`,
  });
}

/** Archive fields rest on evidence of their own where they say more than the header does. */
function archiveEvidence({ archive, evidence }: ReadLine): Record<string, Evidence | undefined> {
  const own = evidence ?? {};
  return Object.fromEntries(Object.keys(archive ?? {}).map((name) => [name, own[`archive.${name}`] ?? own[name]]));
}

function fields(title: string, entries: [string, unknown][], evidence: Record<string, Evidence | undefined>): string[] {
  const shown = entries
    .map(([name, value]) => [name, inWords(name, value)] as const)
    .filter(([, value]) => value !== '');
  if (shown.length === 0) return [];
  const width = Math.max(...shown.map(([name]) => name.length));
  const lines = shown.flatMap(([name, value]) => {
    const from = evidence[name];
    return [
      `  ${name.padEnd(width)}  ${short(value)}`,
      ...(from ? [`  ${' '.repeat(width)}    ${sourceOf(from)}`] : []),
    ];
  });
  return ['', title, ...lines];
}

function sourceOf({ from, line, raw }: Evidence): string {
  return `${SOURCES[from]}${line === undefined ? '' : `, line ${line}`}: ${short(raw)}`;
}

function inWords(name: string, value: unknown): string {
  if (value === undefined) return '';
  if (name === 'part') return partInWords(value as NonNullable<Header['part']>);
  if (name === 'series') return seriesInWords(value as NonNullable<Header['series']>);
  if (name === 'other')
    return (value as NonNullable<Header['other']>).map((one) => `${one.label}: ${one.value}`).join(' | ');
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function partInWords({ number, of }: NonNullable<Header['part']>): string {
  return `${number} of ${of ?? '?'}`;
}

function seriesInWords({ name, number }: NonNullable<Header['series']>): string {
  return number === undefined ? name : `${name}, ${number}`;
}

/** Where the story begins and ends shows whether a line of it went with the header. */
function storyEnds({ body }: ReadLine): string[] {
  const paragraphs = (body?.markdown ?? '').split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '');
  if (paragraphs.length === 0) return ['', 'No text is left beside the header.'];
  return [
    '',
    `The text, ${body?.wordCount} words`,
    `  begins  ${short(paragraphs[0] as string)}`,
    `  ends    ${short(paragraphs.at(-1) as string)}`,
  ];
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > SHOWN ? `${line.slice(0, SHOWN - 1)}…` : line;
}
