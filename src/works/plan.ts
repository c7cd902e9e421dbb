/** From fics to works: every record ends in exactly one work or among the left out. */
import type { Config } from '../config.js';
import type { EntryKey, LeftOut, LeftOutReason, Work } from '../model.js';
import { buildWork, type Draft } from './build.js';
import type { Decisions, WorkDecision } from './decisions.js';
import { Drafts } from './drafts.js';
import { joinParts, titleKeyOf } from './join.js';
import { JournalNames } from './journalNames.js';
import { byDate, communitiesOf, dayOf, type FicRecord, keyOfRecord } from './records.js';
import { Slugs } from './slug.js';
import { decisionTroubles } from './troubles.js';
import { byText, quoted } from './words.js';

export interface WorkPlan {
  /** By the date of the first chapter, then by its key. */
  works: Work[];
  /** By date: posts that are no fic (`other`) and what the author took out (`decided`). */
  leftOut: LeftOut[];
  /** What the author said of works that the archive may have already, by slug. */
  onArchive: ReadonlyMap<string, string | false>;
  /** The works that the author looked at and found right, by slug. */
  looked: ReadonlySet<string>;
  /** The posts of each work, the strongest first: by any of them `decisions.yaml` names it. Works that were taken out are among them. */
  posts: readonly (readonly EntryKey[])[];
  /** Decisions that came to nothing, one English sentence each: a post that isn't there, a rating no archive has. */
  warnings: string[];
}

/**
 * Lays the author's decisions over the records, joins parts into works and says each work in the archive's words.
 * The result doesn't depend on the order of the records. Keys must differ. Locked records are carried if they are
 * passed, and make their work `restricted`; a caller that may not carry them leaves them out and accounts for them.
 * @param drafts what the last plan over the same records and config left, where there was one: the result is the same, and sooner there
 */
export function planWorks(
  records: readonly FicRecord[],
  decisions: Decisions,
  config: Config,
  drafts = new Drafts(),
): WorkPlan {
  const sorted = records.map((record) => drafts.laid(record, decisions)).sort(byDate);
  const out = new Map<string, LeftOut>();
  const fics: FicRecord[] = [];
  const others: FicRecord[] = [];
  for (const record of sorted) {
    const reason = reasonFor(record, decisions);
    if (reason) out.set(keyOfRecord(record), leave(record, ...reason));
    if (!reason) fics.push(record);
    else if (reason[0] === 'other') others.push(record);
  }
  const around = {
    seen: new Set(sorted.map(keyOfRecord)),
    carried: new Set(fics.map(keyOfRecord)),
    names: new JournalNames(fics, decisions.rules ?? {}, config),
    communities: communitiesOf(sorted),
  };
  const built: Draft[] = [];
  const unmarked = unmarkedByTitle(fics, config);
  drafts.begin(fics, sorted, decisions);
  const decided = new Map<Draft, WorkDecision>();
  const posts: EntryKey[][] = [];
  for (const joined of joinParts(fics, others, decisions, config)) {
    const { parts, heads } = joined;
    const decision = decisionFor([...heads, ...parts], decisions);
    posts.push([...heads, ...parts].map(keyOfRecord));
    for (const part of parts) out.delete(keyOfRecord(part));
    if (decision?.in === false) {
      for (const post of [...heads, ...parts])
        out.set(keyOfRecord(post), leave(post, 'decided', 'the work was taken out in decisions.yaml'));
      continue;
    }
    const draft = drafts.of(joined, decision, () => buildWork(joined, decision, decisions, around, config));
    for (const head of heads) out.set(keyOfRecord(head), leave(head, 'other', masterPostOf(draft)));
    const whole = withFirstPart(draft, parts, unmarked, { decision, decisions }, config);
    if (decision) decided.set(whole, decision);
    built.push(whole);
  }
  const leftOut = [...out.values()];
  const rank = new Map(sorted.map((record, index) => [keyOfRecord(record), index]));
  const slugs = new Slugs(config);
  const onArchive = new Map<string, string | false>();
  const looked = new Set<string>();
  const works = built
    .sort((a, b) => byText(a.published ?? '~', b.published ?? '~') || rankOf(a, rank) - rankOf(b, rank))
    .map((draft) => {
      const slug = slugs.next(draft.title, `work-${draft.chapters[0]?.entry.split('/').at(-1)}`);
      const decision = decided.get(draft);
      if (decision?.onArchive !== undefined) onArchive.set(slug, decision.onArchive);
      if (decision?.looked) looked.add(slug);
      return { slug, ...draft };
    });
  leftOut.sort((a, b) => (rank.get(a.entry) as number) - (rank.get(b.entry) as number));
  return { works, leftOut, onArchive, looked, posts, warnings: decisionTroubles(sorted, decisions, config) };
}

/** Its header stands in the work and its links are the chapters, so that nothing of it is lost. */
function masterPostOf({ title, chapters }: Draft): string {
  if (chapters.length === 1) return `the post that leads to ${quoted([title])}, whose header it gives`;
  return `the master post of ${quoted([title])}, whose header it gives`;
}

function rankOf(draft: Draft, rank: ReadonlyMap<string, number>): number {
  return Math.min(...draft.chapters.map(({ entry }) => rank.get(entry) as number));
}

function reasonFor(record: FicRecord, decisions: Decisions): [LeftOutReason, string] | undefined {
  const out = decisions.entries?.[keyOfRecord(record)]?.leaveOut;
  if (out !== undefined) return ['decided', out === true ? 'taken out in decisions.yaml' : out];
  if (record.kind === 'fic') return undefined;
  const { kind } = record.evidence;
  if (kind?.from === 'decision') return ['decided', 'no fic, says decisions.yaml'];
  return ['other', kind?.raw || 'no story header was found'];
}

function leave(record: FicRecord, reason: LeftOutReason, detail: string): LeftOut {
  const { entry } = record;
  return {
    entry: keyOfRecord(record),
    url: entry.url,
    ...(entry.subject && { subject: entry.subject }),
    ...(entry.postedAt && { postedAt: entry.postedAt }),
    reason,
    detail,
  };
}

/** A work is named by any of its posts, so that an earlier part found later takes no decision away. */
function decisionFor(parts: readonly FicRecord[], decisions: Decisions): WorkDecision | undefined {
  const found = parts.flatMap((part) => decisions.works?.[keyOfRecord(part)] ?? []);
  return found.length > 0 ? Object.assign({}, ...found.reverse()) : undefined;
}

/** Where numbering starts late and one post of that title has no part mark, the author is asked whether it is the start, until she says how it is. */
function withFirstPart(
  draft: Draft,
  parts: readonly FicRecord[],
  unmarked: ReadonlyMap<string, readonly FicRecord[]>,
  { decision, decisions }: { decision: WorkDecision | undefined; decisions: Decisions },
  config: Config,
): Draft {
  if (decision?.order || decision?.complete !== undefined) return draft;
  const numbers = parts.flatMap(({ header }) => header.part?.number ?? []);
  const [first] = parts;
  if (!first || numbers.length === 0 || Math.min(...numbers) < 2) return draft;
  const [start, ...others] = unmarked.get(placeOfTitle(first, config)) ?? [];
  if (!start || others.length > 0 || parts.includes(start)) return draft;
  if (decisions.entries?.[keyOfRecord(start)]?.separate) return draft;
  const text = `Is the post of ${dayOf(start) ?? 'an unknown day'} (${keyOfRecord(start)}) the first part of ${quoted([draft.title])}?`;
  return { ...draft, questions: [...draft.questions, { field: 'chapters', text }] };
}

/** Fics without a part mark, by journal and title. */
function unmarkedByTitle(fics: readonly FicRecord[], config: Config): Map<string, FicRecord[]> {
  const byTitle = new Map<string, FicRecord[]>();
  for (const fic of fics) {
    if (fic.header.part) continue;
    const place = placeOfTitle(fic, config);
    byTitle.set(place, [...(byTitle.get(place) ?? []), fic]);
  }
  return byTitle;
}

function placeOfTitle(record: FicRecord, config: Config): string {
  return `${record.entry.journal} ${titleKeyOf(record, config)}`;
}
