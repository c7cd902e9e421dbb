import type { Entry, Evidence, Fic, HeaderField } from '../model.js';
import type { Block, Reading } from './block.js';
import type { Draft } from './draft.js';
import type { Lexicon } from './lexicon.js';
import type { Row } from './rows.js';
import type { SubjectFacts } from './subject.js';
import type { TagFacts } from './tags.js';
import { keyOf } from './words.js';

/** What the decision is made from. */
export interface Case {
  entry: Entry;
  rows: readonly Row[];
  block: Block | undefined;
  /** Bare lines of facts or a repeated title stand at the top. */
  framed: boolean;
  /** How many groups of labels on the page hold a title. */
  titles: number;
  draft: Draft;
  subject: SubjectFacts;
  tags: TagFacts;
  /** Words that are neither header nor navigation. */
  storyWords: number;
  /** The body links somewhere, as a fake cut does. */
  hasLink: boolean;
}

interface Decision {
  kind: Fic['kind'];
  evidence: Evidence;
}

/** A text of so many words is long enough to be a story, where the subject or a prefixed tag says that it is one. */
const STORY_BY_SUBJECT = 60;
const STORY_BY_TAG = 120;
/** The same where there is only a bare tag ("fic") or a part mark in the subject, which other posts may have too. */
const STORY_BY_HINT = 200;
/** With one labelled line a story follows; with more even a teaser or a link will do. */
const STORY_BY_LABEL = 40;
const TEASER = 12;
/** A recommendation or a list is shorter than this, header apart. */
const LONG_TEXT = 400;
/** Labels that only stories have. Notes and warnings head other posts too. */
const CORE: ReadonlySet<HeaderField> = new Set([
  'title',
  'rating',
  'relationships',
  'fandoms',
  'characters',
  'summary',
  'wordCount',
  'disclaimer',
  'genres',
  'part',
  'spoilers',
  'betas',
  'prompt',
]);

/** Whether an entry is a story of its poster's, with the reason for people. */
export function kindOf(it: Case, lexicon: Lexicon): Decision {
  return (
    isForm(it, lexicon) ??
    isRecommendation(it, lexicon) ??
    isNamedOther(it, lexicon) ??
    (it.block || it.framed ? byHeader(it) : byOthers(it, lexicon))
  );
}

function other(raw: string, from: Evidence['from'] = 'inferred', line?: number): Decision {
  return { kind: 'other', evidence: line === undefined ? { from, raw } : { from, raw, line } };
}

function fic(raw: string, from: Evidence['from'], line?: number): Decision {
  return { kind: 'fic', evidence: line === undefined ? { from, raw } : { from, raw, line } };
}

function known(block: Block | undefined): Reading[] {
  return block?.readings.filter((reading) => reading.pair.meaning !== undefined) ?? [];
}

/** Labels with nothing after them, or with "(optional)": a template to be filled in. */
function isForm(it: Case, lexicon: Lexicon): Decision | undefined {
  const readings = known(it.block);
  const empty = readings.filter(({ value }) => value.trim() === '' || isPlaceholder(value, lexicon));
  if (readings.length < 2 || empty.length * 2 < readings.length) return undefined;
  return other(`a form: ${empty.length} of ${readings.length} labels have no value`, 'header', empty[0]?.line);
}

function isPlaceholder(value: string, lexicon: Lexicon): boolean {
  return /^[([<{].*[)\]>}]\.?$/s.test(value.trim()) || lexicon.notFic.placeholders.has(keyOf(value));
}

/** Somebody else's story: a label or tag that only a recommendation has, or another's name in the subject and little text. */
function isRecommendation(it: Case, lexicon: Lexicon): Decision | undefined {
  const tag = it.tags.notFic[0];
  if (tag !== undefined && it.storyWords < LONG_TEXT) return other(`tag "${tag}"`, 'tag');
  const isLong = it.storyWords >= LONG_TEXT * 3;
  for (const [at, row] of it.rows.entries()) {
    const pair = isLong ? undefined : row.pairs.find((one) => one.meaning?.notFic);
    // A story may have a sign in it that says "Working title: …".
    const isInStory = it.block !== undefined && at > it.block.last && !pair?.dressed && it.storyWords >= STORY_BY_LABEL;
    if (pair && !isInStory) return other(`label "${pair.label}"`, 'header', row.line.number);
  }
  const { authors } = it.draft.header;
  const poster = keyOf(it.entry.poster ?? '').replace(/[^\p{L}\p{N}]/gu, '');
  const isOwn = authors === undefined || authors.some((name) => keyOf(name).replace(/[^\p{L}\p{N}]/gu, '') === poster);
  const bySubject = / by ([^([]+)/i.exec(it.entry.subject ?? '')?.[1];
  const saysAuthorsSummary = it.block?.readings.some((reading) => /^authors? summary$/.test(keyOf(reading.pair.label)));
  const named = bySubject !== undefined && keyOf(bySubject).replace(/[^\p{L}\p{N}]/gu, '') !== poster;
  const foreign = named && (authors === undefined || authors.some((name) => keyOf(bySubject).includes(keyOf(name))));
  const linked = it.hasLink || it.draft.header.other?.some(({ label }) => /^(?:link|url)/i.test(label));
  const isClaimed = it.block?.readings.some((reading) => lexicon.ownLabels.has(keyOf(reading.pair.label)));
  const short = it.storyWords < LONG_TEXT && !it.subject.isFic && !isClaimed;
  if (short && !isOwn && saysAuthorsSummary)
    return other(
      `the author named, ${authors?.join(', ')}, is not the poster`,
      'header',
      it.draft.evidence.authors?.line,
    );
  // a community's moderators post for those who have no account
  const isWhole = inCommunity(it) && it.block !== undefined && it.storyWords >= STORY_BY_SUBJECT;
  if (short && foreign && (linked || (!isOwn && !isWhole)))
    return other(`the subject names ${bySubject?.trim()} as the author`, 'subject');
  const pointsAway = it.draft.header.other?.some(({ label }) => /^(?:fic )?links?$/.test(keyOf(label)));
  if (short && !isOwn && pointsAway)
    return other(`a link to a story by ${authors?.join(', ')}, who is not the poster`, 'header');
  return undefined;
}

/** An account posts to its own journal and to communities. */
function inCommunity({ entry: { poster, journal } }: Case): boolean {
  return poster !== undefined && keyOf(poster) !== keyOf(journal);
}

/** "icons: 24 x kettles", a tag "podfic": what the words say, unless a header and a story stand there. */
function isNamedOther(it: Case, lexicon: Lexicon): Decision | undefined {
  const fields = new Set(known(it.block).flatMap((reading) => reading.pair.meaning?.fields ?? []));
  const moderation = [...it.tags.bare].find((tag) => lexicon.notFic.moderation.has(tag));
  if (moderation !== undefined && it.storyWords < LONG_TEXT) return other(`tag "${moderation}"`, 'tag');
  const subject = ` ${keyOf(it.entry.subject ?? '').replace(/[/+]/g, ' ')} `;
  const title = it.draft.evidence.title?.from === 'header' ? ` ${keyOf(it.draft.header.title ?? '')} ` : '';
  const notice = noticeIn(subject, title, lexicon);
  if (notice !== undefined && !it.subject.isFic) return other(`subject says "${notice}"`, 'subject');
  const isWhole = fields.size >= 2 && it.storyWords >= STORY_BY_TAG;
  if (isWhole || (it.subject.isFic && it.storyWords >= STORY_BY_SUBJECT)) return undefined;
  const isMaster = fields.size >= 4 && it.titles <= 1 && it.hasLink;
  const saysFic = [...it.tags.bare].some((tag) => lexicon.subjectPrefixes.has(tag));
  for (const word of lexicon.notFic.words) {
    if (isMaster && lexicon.notFic.lists.has(word)) continue;
    if (subject.includes(` ${word} `) && (fields.size < 2 || !title.includes(` ${word} `)))
      return other(`subject says "${word}"`, 'subject');
    if (
      it.tags.bare.has(word) &&
      (fields.size < 3 || it.storyWords < TEASER) &&
      !(saysFic && it.storyWords >= STORY_BY_LABEL)
    )
      return other(`tag "${word}"`, 'tag');
  }
  return undefined;
}

/**
 * "Community guidelines" over a header that serves as an example. A story's subject has its title; where the header has none, one word ("Rules
 * of Engagement") may be part of it.
 */
function noticeIn(subject: string, title: string, { notFic }: Lexicon): string | undefined {
  if (title.trim() !== '' && subject.includes(title)) return undefined;
  return [...notFic.notices].find(
    (words) => subject.includes(` ${words} `) && (title.trim() !== '' || words.includes(' ')),
  );
}

function byHeader(it: Case): Decision {
  const readings = known(it.block).filter(({ value }) => value.trim() !== '');
  const fields = new Set(readings.flatMap((reading) => reading.pair.meaning?.fields ?? []));
  const core = [...fields].filter((field) => CORE.has(field)).length;
  const lines = readings.length;
  const line = readings[0]?.line;
  const said = `${lines} labelled ${lines === 1 ? 'line' : 'lines'}; ${it.storyWords} words of story${it.storyWords < TEASER ? ' and a link' : ''}`;
  const told = it.subject.isFic || it.tags.facts.length > 0;
  const asking = readings.filter(({ value }) => /\?["”»]?$/.test(value)).length;
  if (asking >= 2 && asking * 3 >= lines * 2)
    return other(`${asking} of ${lines} labelled lines are questions`, 'header', line);
  const isList = it.titles >= 3 && it.storyWords < it.titles * 100;
  if (isList || (it.titles === 2 && it.storyWords < STORY_BY_SUBJECT && !it.hasLink))
    return other(`a list: ${it.titles} headers and hardly any text`, 'header', line);
  if ((core < 5 || it.storyWords === 0) && it.storyWords < TEASER && !it.hasLink)
    return other(`${lines} labelled lines and no story`, 'header', line);
  if (fields.size + (it.framed ? 1 : 0) >= 2 && (core > 0 || it.framed || told)) return fic(said, 'header', line);
  if (it.storyWords >= STORY_BY_LABEL && (core > 0 || it.framed || told)) return fic(said, 'header', line);
  return other(`${lines} labelled lines, none that only stories have`, 'header', line);
}

/** No header: the subject's "Fic:" or a prefixed tag, and a text of a story's size, are enough. */
function byOthers(it: Case, lexicon: Lexicon): Decision {
  const size = `${it.storyWords} words`;
  const isLedBySubject = it.subject.isFic || it.subject.rating !== undefined || it.subject.relationships.length > 0;
  if (isLedBySubject && it.storyWords >= STORY_BY_SUBJECT)
    return fic(`subject "${it.entry.subject}"; ${size}`, 'subject');
  const isPart = it.subject.part !== undefined && it.storyWords >= STORY_BY_HINT;
  if (isPart) return fic(`subject "${it.entry.subject}" names a part; ${size}`, 'subject');
  const ficTag = it.entry.tags.find((tag) => lexicon.subjectPrefixes.has(keyOf(tag)));
  if (ficTag !== undefined && it.storyWords >= STORY_BY_HINT) return fic(`tag "${ficTag}"; ${size}`, 'tag');
  const fact = it.tags.facts[0];
  if (fact && it.storyWords >= STORY_BY_TAG) return fic(`tag "${fact.raw}"; ${size}`, 'tag');
  const tags = it.entry.tags.length > 0 ? `; tags ${it.entry.tags.join(', ')}` : '';
  return other(`no header; ${size}${tags}`);
}
