import type { Document } from 'domhandler';
import type { Entry, Evidence, Fic, HeaderField } from '../model.js';
import { cleanHtml, countWords, type Line, linesOf, toHtml, withoutLines } from '../text/index.js';
import { type Bits, type Hints, readBits } from './bits.js';
import { hasLink, readBlock } from './block.js';
import { chooseCluster, countHeaders, findClusters } from './cluster.js';
import { Draft } from './draft.js';
import { findEndNotes } from './endNotes.js';
import { takeFacts, takeReadings } from './fields.js';
import { bareFrame, type Frame, frameOf, storyWords } from './frame.js';
import { kindOf } from './kind.js';
import { type FicConfig, type Lexicon, lexiconOf } from './lexicon.js';
import { dropBrackets, readGenres, readNames } from './names.js';
import { navigationRows } from './navigation.js';
import { cleanPairing } from './pairings.js';
import { findPart } from './parts.js';
import { type Row, rowOf } from './rows.js';
import { readSeries } from './series.js';
import { readStatus } from './status.js';
import { readSubject, readTitle, type SubjectFacts } from './subject.js';
import { readTags, type TagFacts } from './tags.js';
import { keyOf } from './words.js';

/** So many lines above a cut are looked at for what is said in passing. */
const MOST_ASIDE = 12;

/** A fic, and the lines of its entry's body that it was read from. */
export interface FicBeside {
  fic: Fic;
  /** All lines of the body; evidence points to them by number. */
  lines: Line[];
  /** Numbers of those that are not in the story: its header, and what stood around it. */
  taken: ReadonlySet<number>;
}

/**
 * Reads an entry's header: finds the block of labels, splits it into fields, fills what it lacks from the subject and from
 * prefixed tags, decides whether the entry is a story, and takes the header's lines out of the text.
 * Pure; never throws on any page; time grows with the size of the body.
 */
export function readFic(entry: Entry, config: FicConfig): Fic {
  return readBeside(entry, config).fic;
}

/** The same, with the lines of the body beside it. */
export function readBeside(entry: Entry, config: FicConfig): FicBeside {
  const lexicon = lexiconOf(config);
  const document = cleanHtml(bodyOf(entry), { base: entry.url, pictureRules: config.pictureRules });
  const rows = linesOf(document).map((line) => rowOf(line, lexicon));
  const tags = readTags(entry.tags, lexicon);

  const clusters = findClusters(rows);
  const cluster = chooseCluster(rows, clusters);
  const block = cluster && readBlock(rows, cluster, lexicon);
  const draft = new Draft();
  if (block) takeReadings(draft, block.readings, lexicon, { fandoms: tags.fandoms });
  const leads = block ? rows.slice(block.first, block.last + 1).filter((row) => row.lead !== '') : [];
  for (const row of leads) takeLead(draft, row, lexicon, { fandoms: tags.fandoms });
  // A fandom the header names is known in the subject too: "Three Sentences on Rain (Castle)".
  const hints: Hints = {
    fandoms: new Set([...tags.fandoms, ...(draft.header.fandoms ?? []).map(keyOf)]),
    tags: tags.bare,
  };
  const subject = readSubject(entry.subject, lexicon, hints);
  const known = { subject, title: draft.header.title, lexicon, hints };
  const frame = block ? frameOf(rows, block, known) : bareFrame(rows, known);
  if (frame) takeFrame(draft, frame, lexicon, hints);
  const framed = [...(frame?.taken ?? [])].map((at) => rows[at] as Row);
  keepRest(draft, [...leads.map(({ lead }) => lead), ...framed.map(({ text }) => text)]);
  const taken = new Set([...(block?.taken ?? []), ...(frame?.taken ?? [])]);
  const navigation = navigationRows(rows, block, taken, lexicon);
  const endNotes = block || frame ? findEndNotes(rows, block, taken, navigation) : undefined;
  takeAside(draft, rows, taken, lexicon);
  takeSubject(draft, subject, entry.subject ?? '', lexicon);
  takeTags(draft, tags, lexicon);
  settleSeries(draft, tags, lexicon);

  const { kind, evidence } = kindOf(
    {
      entry,
      rows,
      block,
      framed: (frame?.bare.length ?? 0) > 0 || (block === undefined && frame?.title !== undefined && subject.isFic),
      titles: countHeaders(rows, clusters),
      draft,
      subject,
      tags,
      storyWords: storyWords(rows, taken),
      hasLink: rows.some((row, at) => !taken.has(at) && hasLink(row)),
    },
    lexicon,
  );
  draft.evidence.kind = evidence;
  const { header } = draft;
  const lines = rows.map(({ line }) => line);
  if (kind === 'other')
    return { fic: { kind, header, evidence: draft.evidence, ...textOfBody(document) }, lines, taken: new Set() };
  if (endNotes) {
    draft.add('endNotes', endNotes.text, endNotes.evidence);
    for (const at of endNotes.rows) taken.add(at);
  }
  for (const at of navigation) taken.add(at);
  const numbers = new Set([...taken].map((at) => (rows[at] as Row).line.number));
  const fic: Fic = { kind, header, evidence: draft.evidence, ...textOfBody(withoutLines(document, numbers)) };
  return { fic, lines, taken: numbers };
}

/** Raw text from an export breaks lines where it breaks them; a page says `<br>`. */
function bodyOf(entry: Entry): string {
  return entry.body.form === 'raw' ? entry.body.html.replace(/\r?\n/g, '<br />') : entry.body.html;
}

function textOfBody(document: Document): { html: string; wordCount: number } {
  const html = toHtml(document);
  return { html, wordCount: countWords(html) };
}

/** Lines around the labels: labels come first, so these fill what they lack. */
function takeFrame(draft: Draft, frame: Frame, lexicon: Lexicon, hints: Hints): void {
  const from = (row: Row): Evidence => ({ from: 'header', raw: row.text, line: row.line.number });
  if (frame.title) {
    const facts = readTitle(frame.title.text, lexicon, hints);
    draft.set('title', facts.title, from(frame.title.row));
    draft.set('part', facts.part, from(frame.title.row));
  }
  if (frame.author) draft.set('authors', readNames(frame.author.text, lexicon), from(frame.author.row));
  if (frame.part) draft.set('part', findPart(frame.part.row.text, lexicon)?.part, from(frame.part.row));
  for (const { bits, row } of frame.bare) takeBits(draft, bits, from(row), lexicon, hints);
}

/** What stands on a line before its first label: facts ("Kettle Logic | PG | Summary: …"), or a title. */
function takeLead(draft: Draft, { lead, line }: Row, lexicon: Lexicon, hints: Hints): void {
  const bits = readBits(lead, lexicon, hints);
  if (bits.known > 0 || !draft.has('title'))
    takeBits(draft, bits, { from: 'header', raw: lead, line: line.number }, lexicon, hints);
}

/** Lines around and between the labels leave the story, so what no field took of them is kept as it stands. */
function keepRest(draft: Draft, lines: readonly string[]): void {
  const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const said = new Set(Object.values(draft.evidence).flatMap(({ raw }) => wordsOf(raw)));
  for (const line of lines) if (wordsOf(line).some((word) => !said.has(word))) draft.other('', line);
}

/** "Not mine, alas. About 500 words." in what is said before the cut, where no story stands. It stays where it is. */
function takeAside(draft: Draft, rows: readonly Row[], taken: ReadonlySet<number>, lexicon: Lexicon): void {
  const cut = rows.findIndex((row) => row.line.cut);
  for (const [at, row] of rows.slice(0, Math.max(0, Math.min(cut, MOST_ASIDE))).entries()) {
    if (taken.has(at) || row.kind !== 'text') continue;
    draft.set('wordCount', readBits(row.text, lexicon).wordCount, {
      from: 'header',
      raw: row.text,
      line: row.line.number,
    });
  }
}

/** The first piece that is nothing known names the fandom, or the title where there is none. */
function takeBits(draft: Draft, bits: Bits, evidence: Evidence, lexicon: Lexicon, hints: Hints): void {
  const first = bits.unknown[0];
  const isTag = first !== undefined && (hints.tags?.has(keyOf(first.text)) ?? false);
  if (first?.at === 0 && !draft.has('title') && !isTag)
    draft.set('title', readTitle(first.text, lexicon, { fandoms: new Set() }).title, evidence);
  else if (first?.at === 0 && bits.fandoms.length === 0) draft.set('fandoms', [first.text], evidence);
  takeFacts(draft, bits, evidence);
}

function takeSubject(draft: Draft, facts: SubjectFacts, raw: string, lexicon: Lexicon): void {
  const evidence: Evidence = { from: 'subject', raw };
  const part = draft.header.part;
  if (part && part.of === undefined && facts.part?.number === part.number && facts.part.of !== undefined) {
    draft.header.part = facts.part;
    draft.evidence.part = evidence;
  }
  const fields: (HeaderField & keyof SubjectFacts)[] = [
    'title',
    'part',
    'chapterTitle',
    'fandoms',
    'relationships',
    'characters',
    'genres',
    'rating',
    'wordCount',
    'status',
  ];
  dropCastAsFandom(draft, facts);
  for (const field of fields) draft.set(field, facts[field], evidence);
  dropTitleAsFandom(draft);
  takeSubjectsFandom(draft, facts, evidence, lexicon);
}

/** "(Ten, Donna, G)" lists characters where the header names one of them. */
function dropCastAsFandom({ header }: Draft, facts: SubjectFacts): void {
  const { guess } = facts;
  if (!guess) return;
  const cast = new Set(
    [...(header.characters ?? []), ...(header.relationships ?? [])].flatMap((name) => keyOf(name).split(/[ /]/)),
  );
  if (
    !guess.beside.some((name) =>
      keyOf(name)
        .split(' ')
        .every((word) => cast.has(word)),
    )
  )
    return;
  facts.fandoms = facts.fandoms.filter((fandom) => fandom !== guess.fandom);
}

/** "Two ficlets: SG-1": a subject that names but the fandom, where the header gives the title. */
function takeSubjectsFandom(draft: Draft, facts: SubjectFacts, evidence: Evidence, lexicon: Lexicon): void {
  const { title } = facts;
  const isFandom =
    title !== undefined && lexicon.fandoms.has(keyOf(title)) && keyOf(title) !== keyOf(draft.header.title ?? '');
  if (isFandom && facts.isFic && draft.evidence.title?.from === 'header') draft.set('fandoms', [title], evidence);
}

/** "Challenge 31 - Rust - The Colour of Iron - PG": what stands among a subject's facts may be the title that the header gives. */
function dropTitleAsFandom(draft: Draft): void {
  const { title, fandoms } = draft.header;
  if (!title || !fandoms || draft.evidence.fandoms?.from !== 'subject') return;
  const others = fandoms.filter((fandom) => keyOf(fandom) !== keyOf(title));
  if (others.length === fandoms.length) return;
  delete draft.header.fandoms;
  draft.set('fandoms', others, draft.evidence.fandoms);
  if (others.length === 0) delete draft.evidence.fandoms;
}

/** Prefixed tags: all of one field together. */
function takeTags(draft: Draft, tags: TagFacts, lexicon: Lexicon): void {
  const byField = new Map<HeaderField, TagFacts['facts']>();
  for (const fact of tags.facts) byField.set(fact.field, [...(byField.get(fact.field) ?? []), fact]);
  for (const [field, facts] of byField) {
    const evidence: Evidence = { from: 'tag', raw: facts.map((fact) => fact.raw).join(', ') };
    const values = facts.map((fact) => fact.value).filter((value) => !lexicon.none.has(keyOf(value)));
    const first = values[0];
    if (first === undefined) continue;
    if (field === 'fandoms' || field === 'characters') draft.set(field, values, evidence);
    else if (field === 'relationships')
      draft.set(
        field,
        values.map((value) => cleanPairing(value, lexicon)),
        evidence,
      );
    else if (field === 'genres')
      draft.set(
        field,
        values.flatMap((value) => readGenres(value, lexicon)),
        evidence,
      );
    else if (field === 'series') draft.set(field, readSeries(first, lexicon), evidence);
    else if (field === 'status') draft.set(field, readStatus(first, lexicon), evidence);
    else if (field === 'warnings') draft.set(field, values.join(', '), evidence);
    else if (field === 'rating' || field === 'language') draft.set(field, first, evidence);
  }
}

/** "Series: Naruto" names the canon where nothing else does and the vocabulary or a tag knows it as one. */
function settleSeries(draft: Draft, tags: TagFacts, lexicon: Lexicon): void {
  const { series, fandoms } = draft.header;
  if (!series || series.number !== undefined || draft.evidence.series?.from !== 'header') return;
  const key = keyOf(series.name);
  const isNamed = fandoms?.some((fandom) => keyOf(fandom) === key) ?? false;
  const isShort = fandoms?.length === 1 && isAbbreviation(keyOf(fandoms[0] as string), key);
  const isKnown = lexicon.fandoms.has(key) || tags.bare.has(key) || isShort;
  const inHeader = draft.evidence.fandoms?.from === 'header';
  if (!isNamed && !(isKnown && !inHeader)) return;
  // What the header says goes before the subject's "[FMA]".
  if (!inHeader) delete draft.header.fandoms;
  draft.set('fandoms', [dropBrackets(series.name)], draft.evidence.series as Evidence);
  delete draft.header.series;
  delete draft.evidence.series;
}

/** "fma" of "fullmetal alchemist", "gw" of "gundam wing": its letters in their order, from the first. */
function isAbbreviation(short: string, name: string): boolean {
  if (!/^\p{L}{2,5}$/u.test(short) || short.length * 2 > name.length || short[0] !== name[0]) return false;
  let at = 0;
  for (const letter of name) if (letter === short[at]) at++;
  return at === short.length;
}
