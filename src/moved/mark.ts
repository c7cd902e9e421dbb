/** Works marked by what the archive has already, and questions where only their author knows. */
import type { Config } from '../config.js';
import type { Question, Work } from '../model.js';
import type { ArchiveWork, Found } from './found.js';
import { matchWorks } from './match.js';

/** So many addresses are named in one question. */
const ASKED_AT_ONCE = 5;

export interface Marked {
  /** The same works in the same order, `onArchive` set on those that are there and a question asked of the doubtful. */
  works: Work[];
  /** What the pages say of the works that are there, by slug. */
  found: ReadonlyMap<string, ArchiveWork>;
  /** How many works were asked about. */
  doubtful: number;
  /** Works that the archive has and the journal has not. */
  others: ArchiveWork[];
}

/** @param said the author's word, by slug, as `planWorks` hands it on; it counts without any page too */
export function markWorks(
  works: readonly Work[],
  { works: listed }: Pick<Found, 'works'>,
  said: ReadonlyMap<string, string | false>,
  config: Config,
): Marked {
  const matches = matchWorks(works, listed, said, config);
  const found = new Map<string, ArchiveWork>();
  const met = new Set<string>();
  let doubtful = 0;
  const marked = works.map((work): Work => {
    const match = matches.get(work.slug);
    if (!match) return work;
    if (match.kind === 'doubtful') {
      doubtful++;
      for (const { url } of match.found) met.add(url);
      return { ...work, questions: [...work.questions, questionAbout(work, match.found)] };
    }
    met.add(match.onArchive.url);
    if (match.found) found.set(work.slug, match.found);
    return { ...work, onArchive: match.onArchive };
  });
  return { works: marked, found, doubtful, others: listed.filter(({ url }) => !met.has(url)) };
}

/** Both addresses, so that the author can look. */
function questionAbout({ title, chapters }: Work, found: readonly ArchiveWork[]): Question {
  const here = chapters[0]?.url;
  const [first] = found;
  const text =
    found.length === 1 && first
      ? `Is “${title}” (${here}) what the archive has as ${described(first)}?`
      : `Is “${title}” (${here}) one of these works of the archive: ${found.slice(0, ASKED_AT_ONCE).map(described).join('; ')}?`;
  return { field: 'onArchive', text };
}

function described({ title, fandoms, words, url }: ArchiveWork): string {
  const facts = [fandoms.join(', '), words === undefined ? '' : `${words.toLocaleString('en-US')} words`].filter(
    Boolean,
  );
  return `“${title}”${facts.length > 0 ? ` (${facts.join('; ')})` : ''}, ${url}`;
}
