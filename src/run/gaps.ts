/** What is missing of a journal, and why: gaps in its chain, entries that stand apart from it, and numbers that nobody met. */
import { type Break, type JournalAccount, type Stretch, whyNeverMet } from '../crawl/index.js';
import { type EntryId, itemid } from '../model.js';

/** A place where the chain leads no further. */
export interface Gap {
  /** Addresses of the entries around it, where there are any: nothing is reached after the one and before the other. */
  after?: string;
  before?: string;
  /** A sentence without its full stop. */
  why: string;
}

/** An entry that no other leads to. */
export interface Apart {
  url: string;
  /** A clause about it. */
  why: string;
}

export interface Chains {
  gaps: Gap[];
  apart: Apart[];
  /** Where the chain, or the longest stretch of it, is not whole: why, a clause. */
  broken?: string;
  /** No step of a walk is there. */
  isUnwalked: boolean;
}

/** A number, or several in a row, that no entry met has. */
export interface Unmet {
  journal: string;
  first: number;
  last: number;
  /** Addresses of the entries with the nearest numbers on both sides: it was posted between them. */
  after?: string;
  before?: string;
  /** What may be the matter: "locked, private or deleted". */
  why: string;
}

/** @param listed addresses of entries that the calendar lists and the walk did not meet */
export function explainChains(stretches: readonly Stretch[], listed: ReadonlySet<string>): Chains {
  const apart = stretches.flatMap((stretch) => whyApart(stretch, listed));
  const alone = new Set(apart.map(({ url }) => url));
  const walked = stretches.filter(({ chain }) => chain.length > 1 || !alone.has(chain[0]?.url ?? ''));
  const gaps = gapsOf(walked);
  const why = gaps.map((gap) => gap.why).join('; ');
  return { gaps, apart, ...(gaps.length > 0 && { broken: why }), isUnwalked: walked.length === 0 };
}

function whyApart({ chain, earlier, later }: Stretch, listed: ReadonlySet<string>): Apart[] {
  const [only] = chain;
  if (!only || chain.length > 1) return [];
  const { url, kind } = only;
  const leadsNowhere = earlier !== undefined && later !== undefined;
  if (leadsNowhere && (kind === 'missing' || kind === 'gone'))
    return [{ url, why: 'there is no such entry: its address may be mistyped, or it was deleted' }];
  if (!earlier?.notYet || !later?.notYet) return [];
  return [
    {
      url,
      why: listed.has(url)
        ? 'the calendar lists it, and no entry leads to it'
        : 'no walk has led to it or on from it: it came from a list, from a file, or with the first step of a walk',
    },
  ];
}

/** In the order of the journal; two stretches that follow each other have one gap between them. */
function gapsOf(stretches: readonly Stretch[]): Gap[] {
  const gaps: Gap[] = [];
  for (const [index, stretch] of stretches.entries()) {
    const before = stretches[index - 1];
    const [first, end] = [stretch.chain[0]?.url ?? '', before?.chain.at(-1)?.url ?? ''];
    const joint = before?.later && stretch.earlier && follows(stretch, before);
    if (joint) {
      const why = `${whyOf(end, before.later as Break, 'later')}; ${whyOf(first, stretch.earlier as Break, 'earlier')}`;
      gaps.push({ after: end, before: first, why });
    } else {
      if (before?.later) gaps.push({ after: end, why: whyOf(end, before.later, 'later') });
      if (stretch.earlier) gaps.push({ before: first, why: whyOf(first, stretch.earlier, 'earlier') });
    }
  }
  const last = stretches.at(-1);
  const end = last?.chain.at(-1)?.url ?? '';
  if (last?.later) gaps.push({ after: end, why: whyOf(end, last.later, 'later') });
  return gaps;
}

function whyOf(url: string, { why, notYet }: Break, side: 'earlier' | 'later'): string {
  return notYet
    ? `from ${url} the walk has not gone on to ${side} entries yet`
    : `towards ${side} entries, ${url} ${why}`;
}

/** Whether all numbers of one stretch are above those of another. */
function follows(later: Stretch, earlier: Stretch): boolean {
  const numbers = ({ chain }: Stretch) => chain.flatMap(({ id }) => (id ? [id.number] : []));
  return Math.min(...numbers(later)) > Math.max(...numbers(earlier));
}

/**
 * Names each number that nobody met.
 * @param seen every entry that was met, with its address
 */
export function explainNumbers(
  accounts: readonly JournalAccount[],
  seen: readonly { id: EntryId; url: string }[],
  asked: Parameters<typeof whyNeverMet>[0],
): Unmet[] {
  return accounts.flatMap(({ site, journal, ranges }) => {
    const urls = new Map(
      seen
        .filter(({ id }) => id.site === site && id.journal === journal)
        .map(({ id, url }) => [itemid(id.number), url]),
    );
    return ranges.map(([first, last]) => {
      const [after, before] = [urls.get(first - 1), urls.get(last + 1)];
      const around = { ...(after !== undefined && { after }), ...(before !== undefined && { before }) };
      return { journal, first, last, ...around, why: whyNeverMet(asked) };
    });
  });
}
