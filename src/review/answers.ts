/**
 * Answers that can be chosen at once, each with the change it makes. Pure.
 *
 * Questions come from several rooms as English sentences; what they are about is read back from the words in quotation marks. A
 * question of another shape has no buttons and is answered in the work's own fields.
 */
import type { Config } from '../config.js';
import type { EntryKey, Question, Work } from '../model.js';
import type { FicRecord } from '../works/index.js';
import type { Answer, Edit } from './model.js';
import { keyOfWork } from './rows.js';

export interface AnswerContext {
  config: Config;
  works: readonly Work[];
  records: ReadonlyMap<EntryKey, FicRecord>;
}

type Answers = (question: Question, work: Work, context: AnswerContext) => Answer[];

/** Best first; empty where nothing but the author's own words will do. */
export function answersTo(question: Question, work: Work, context: AnswerContext): Answer[] {
  return BY_FIELD[question.field]?.(question, work, context) ?? [];
}

const BY_FIELD: Record<string, Answers> = {
  rating: (_, work, { config }) => config.archive.ratings.map((rating) => answer(rating, set(work, 'rating', rating))),
  warnings: answerWarnings,
  fandoms: answerFandom,
  characters: answerCharacter,
  relationships: answerPairing,
  additionalTags: answerTags,
  language: (_, work) => [answer(`The text reads as “${work.language}”: that`, set(work, 'language', work.language))],
  chapters: answerChapters,
  text: answerText,
  onArchive: answerOnArchive,
};

/** One press answers all that is open of a work's warnings; more than two are ticked in the work itself. */
function answerWarnings(_: Question, work: Work, { config: { archive } }: AnswerContext): Answer[] {
  const undecided = archive.undecidedWarning;
  const said = work.archive.warnings.filter((name) => name !== undecided);
  const open = work.questions.flatMap(({ field, text }) =>
    field === 'warnings' ? (/does “([^”]+)” apply\?$/.exec(text)?.[1] ?? []) : [],
  );
  const withWarnings = (label: string, names: string[]) =>
    answer(label, set(work, 'warnings', names.length > 0 ? names : [undecided]));
  if (open.length === 0) {
    const none = archive.warnings.find(
      (name) => name !== undecided && archive.noWarnings.some((word) => name.toLowerCase().startsWith(`${word} `)),
    );
    return [...(none ? [withWarnings(none, [none])] : []), withWarnings(undecided, [])];
  }
  const [one, other, ...more] = open;
  if (one === undefined || more.length > 0) return [];
  const choices = other === undefined ? [[one], []] : [[one, other], [one], [other], []];
  return choices.map((names) => withWarnings(names.length > 0 ? names.join(' and ') : 'Not that', [...said, ...names]));
}

/** The journal's commonest fandoms are offered where none is named. */
const MOST_FANDOMS = 3;

function answerFandom({ text }: Question, work: Work, { works }: AnswerContext): Answer[] {
  const [written, ...candidates] = quotedIn(text);
  if (text.startsWith('Which fandom is “') && written !== undefined)
    return candidates.map((name) => answer(name, rule('fandoms', written, name)));
  if (candidates.length > 0) return [answer(candidates.join(', '), set(work, 'fandoms', candidates))];
  const counts = new Map<string, number>();
  for (const name of works.flatMap(({ archive }) => archive.fandoms)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const commonest = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST_FANDOMS);
  return commonest.map(([name]) => answer(name, set(work, 'fandoms', [name])));
}

function answerCharacter({ text }: Question, work: Work): Answer[] {
  const [written, ...candidates] = quotedIn(text);
  if (written === undefined) return [];
  const named = (name: string) => (one: string) => (one === written ? name : one);
  const inPairing = (name: string) => (pairing: string) =>
    pairing
      .split(/( & |\/)/)
      .map(named(name))
      .join('');
  return [
    ...candidates.map((name) => answer(`${name}, everywhere`, rule('names', written, name))),
    ...candidates.map((name) =>
      answer(
        `${name}, only here`,
        set(work, 'characters', work.archive.characters.map(named(name))),
        ...(work.archive.relationships.length > 0
          ? [set(work, 'relationships', work.archive.relationships.map(inPairing(name)))]
          : []),
      ),
    ),
  ];
}

function answerPairing({ text }: Question, work: Work): Answer[] {
  const [written] = quotedIn(text);
  if (written === undefined) return [];
  const others = work.archive.relationships.filter((name) => name !== written);
  return [answer('It is no pairing', set(work, 'relationships', others))];
}

function answerTags({ text }: Question, work: Work): Answer[] {
  const words = quotedIn(text);
  return [
    answer(words.length === 1 ? 'Yes' : 'Yes, all', ...words.map((word) => rule('tags', word, word))),
    answer('No, never', ...words.map((word): Edit => ({ path: ['rules', 'tags', word], value: null, none: true }))),
    answer('Not this time', set(work, 'additionalTags', work.archive.additionalTags)),
  ];
}

function answerChapters({ text }: Question, work: Work, context: AnswerContext): Answer[] {
  const key = keyOfWork(work);
  const first = /\(([^\s()]+\/[^\s()]+\/\d+)\) the first part of/.exec(text)?.[1];
  if (first !== undefined)
    return [
      answer('Yes', entry(first, 'work', key), entry(first, 'place', 1)),
      answer('No', entry(first, 'separate', true)),
    ];
  if (/^Parts? .* missing/.test(text))
    return [
      answer('There is no such part; it is complete', set(work, 'complete', true)),
      answer('It is not finished', set(work, 'complete', false)),
    ];
  if (text.endsWith('do all belong to it?')) return [answer('Yes, in this order', set(work, 'order', entriesOf(work)))];
  const post = postIn(text, work, context);
  if (post === undefined) return [];
  if (text.startsWith('Only its date'))
    return [answer('Yes', ...stays(post, work)), answer('No, it is a work of its own', entry(post, 'separate', true))];
  const [, titles = ''] = text.split(' a part: ');
  const joins = quotedIn(titles).flatMap((title) => {
    const whole = context.works.filter((one) => one !== work && one.title === title);
    return whole.length === 1 ? [answer(title, entry(post, 'work', keyOfWork(whole[0] as Work)))] : [];
  });
  return [...joins, answer('None of them', entry(post, 'separate', true))];
}

/** The first post names the work, so that it can't be put into it; that its others are in order says the same. */
function stays(post: EntryKey, work: Work): Edit[] {
  return post === keyOfWork(work) ? [set(work, 'order', entriesOf(work))] : [entry(post, 'work', keyOfWork(work))];
}

/** Which of the work's posts `the post “SUBJECT” of DAY` is. */
function postIn(text: string, work: Work, { records }: AnswerContext): EntryKey | undefined {
  const [, subject, day] = /the post(?: “(.*?)”)? of (\d{4}-\d\d-\d\d|an unknown day)/.exec(text) ?? [];
  const found = work.chapters.filter(({ entry: key }) => {
    const { entry: { subject: own, postedAt } = {} } = records.get(key) ?? {};
    return own === subject && (postedAt?.slice(0, 10) ?? 'an unknown day') === day;
  });
  return found.length === 1 ? found[0]?.entry : undefined;
}

/** Nothing that is decided brings a text back; she can say that she knows, or leave the work out. */
function answerText({ text }: Question, work: Work): Answer[] {
  const leave = answer('Leave the work out', set(work, 'in', false));
  return [answer('It may stay as it is', set(work, 'looked', true)), ...(text.startsWith('Only ') ? [leave] : [])];
}

function answerOnArchive({ text }: Question, work: Work): Answer[] {
  const addresses = [...text.matchAll(/https?:\/\/[^\s;?]+\/works\/\d+/g)].map(([address]) => address);
  const yes = addresses.length === 1 ? () => 'Yes' : (address: string) => address;
  return [
    ...addresses.map((address) => answer(yes(address), set(work, 'onArchive', address))),
    answer('No', set(work, 'onArchive', false)),
  ];
}

function answer(label: string, ...edits: Edit[]): Answer {
  return { label, edits };
}

function set(work: Work, field: string, value: Edit['value']): Edit {
  return { path: ['works', keyOfWork(work), field], value };
}

function entry(key: EntryKey, field: string, value: Edit['value']): Edit {
  return { path: ['entries', key, field], value };
}

function rule(section: 'names' | 'fandoms' | 'tags', written: string, name: string): Edit {
  return { path: ['rules', section, written], value: name };
}

function entriesOf({ chapters }: Work): EntryKey[] {
  return [...new Set(chapters.map(({ entry: key }) => key))];
}

function quotedIn(text: string): string[] {
  return [...text.matchAll(/“([^”]*)”/g)].map(([, inside]) => inside as string);
}
