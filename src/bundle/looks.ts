/** What the archive's machine takes and its rules or its volunteers don't: for the author to look at. */
import type { ArchivesFile } from '../config/archives.js';
import type { Header, Work } from '../model.js';
import { externalName } from '../targets/index.js';
import { stretchesOf } from '../text/index.js';
import type { Misfit } from './format.js';
import { keyOf, MEND, misfit, type Place } from './misfit.js';
import { type Finding, Promotion } from './promotion.js';

type Archive = ArchivesFile['archive'];

/** A work's fields and those of its chapters. */
export function lookAtFields(work: Work, archive: Archive): Misfit[] {
  return [...lookAtTags(work), ...lookAtAuthors(work, archive), ...promotedInFields(work, archive)];
}

/** The text of chapter `index` (from 0); `of` names it. */
export function lookAtText(work: Work, index: number, html: string, of: string, archive: Archive): Misfit[] {
  const place = { field: 'text', chapter: index + 1 };
  return [
    ...promoted(work, place, of, Promotion.of(archive.promotion).inHtml(html)),
    ...lookAtLinks(work, place, of, html),
  ];
}

/** Links between posts of a journal are whole addresses by now; what is left leads nowhere on another site. */
function lookAtLinks(work: Work, place: Place, of: string, html: string): Misfit[] {
  // an address with a scheme is whole; `a name` has none
  if (!/ (?:href|src)="(?![a-z][a-z0-9+.-]*:)/i.test(html)) return [];
  const relative = [...new Set(stretchesOf(html).flatMap(({ addresses }) => addresses))].filter(
    (address) => !/^[a-z][a-z0-9+.-]*:/i.test(address),
  );
  const said = `${of} has ${relative.length === 1 ? 'a link' : 'links'} that would lead nowhere on the archive: ${some(relative)}`;
  return [misfit(work, place, 'look', said, 'Give the whole address on the archive, once the work is there.')];
}

/** Section 4 of what is known of archives: full names, and each name in its own field. */
function lookAtTags(work: Work): Misfit[] {
  const { fandoms, relationships, characters, additionalTags } = work.archive;
  const named = new Map<string, string>();
  const note = (names: readonly string[], noun: string) => {
    for (const name of names) named.set(name.toLowerCase(), noun);
  };
  note(fandoms, 'fandom');
  note(characters, 'character');
  note(relationships, 'relationship');
  const twice = additionalTags
    .filter((tag) => named.has(tag.toLowerCase()))
    .map((tag) => {
      const said = `"${tag}" is a ${named.get(tag.toLowerCase())} and stands among the additional tags as well`;
      return misfit(work, { field: 'additionalTags' }, 'look', said, `Leave it in one of them. ${MEND}`);
    });
  const single = relationships
    .filter((name) => !/[^\s/&]\s*[/&]\s*[^\s/&]/.test(name))
    .map((name) => {
      const said = `the relationship "${name}" names no two people`;
      const advice = 'Write "Full Name/Full Name" for a couple, "Full Name & Full Name" for friends.';
      return misfit(work, { field: 'relationships' }, 'look', said, `${advice} ${MEND}`);
    });
  return [...twice, ...single];
}

function lookAtAuthors(work: Work, archive: Archive): Misfit[] {
  if (work.authors.some((name) => externalName(name, archive) !== '')) return [];
  const said =
    work.authors.length === 0
      ? 'nobody is named as its author'
      : `no author's name (${work.authors.join(', ')}) can be written in the letters that the archive's import knows`;
  const advice = 'Give one in Latin letters under "authors" in decisions.yaml; only archivists need it.';
  return [misfit(work, { field: 'authors' }, 'look', said, advice)];
}

function promotedInFields(work: Work, archive: Archive): Misfit[] {
  const promotion = Promotion.of(archive.promotion);
  const known = new Set<string>();
  const look = (place: Place, of: string, text: string | undefined) => {
    const found = promotion.inText(text ?? '').filter(({ words }) => !known.has(words));
    return promoted(work, place, of, found);
  };
  const misfits = [
    ...look({ field: 'title' }, 'the title', work.title),
    ...look({ field: 'authors' }, "the author's name", work.authors.join(', ')),
    ...look({ field: 'summary' }, 'the summary', work.summary),
    ...look({ field: 'notes' }, 'the notes', work.notes),
    ...look({ field: 'endNotes' }, 'the end notes', work.endNotes),
    ...look({ field: 'recipient' }, 'the recipient', work.recipient),
    ...look({ field: 'series' }, 'the series', work.series?.name),
    ...work.chapters.flatMap((chapter, index) => {
      const at = (field: string) => ({ field, chapter: index + 1 });
      const of = `chapter ${index + 1}'s`;
      return [
        ...look(at('title'), `${of} title`, chapter.title),
        ...look(at('summary'), `${of} summary`, chapter.summary),
        ...look(at('notes'), `${of} notes`, chapter.notes),
        ...look(at('endNotes'), `${of} end notes`, chapter.endNotes),
      ];
    }),
  ];
  // The header as it was posted goes into no form, but into bundle.json, which archivists get; what its fields told is told.
  for (const { words } of allFindings(work, promotion)) known.add(words);
  const header = headerFields(work.header).flatMap(([field, text]) =>
    look({ field: `header.${field}` }, `the ${field} of its header (kept in bundle.json)`, text),
  );
  return [...misfits, ...header];
}

function allFindings(work: Work, promotion: Promotion): Finding[] {
  const { title, authors, summary, notes, endNotes, recipient, series, chapters } = work;
  const own = chapters.flatMap((one) => [one.title, one.summary, one.notes, one.endNotes]);
  return [title, ...authors, summary, notes, endNotes, recipient, series?.name, ...own].flatMap((text) =>
    promotion.inText(text ?? ''),
  );
}

function headerFields(header: Header): [string, string][] {
  return Object.entries(header).map(([field, value]) => {
    if (field === 'other') return [field, (header.other ?? []).map((one) => `${one.label}: ${one.value}`).join('\n')];
    return [field, Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : ''];
  });
}

function promoted(work: Work, place: Place, of: string, found: readonly Finding[]): Misfit[] {
  // she looked, and what is left is hers
  if (work.redact === false) return [];
  const addresses = found.filter(({ kind }) => kind === 'address');
  const money = found.filter(({ kind }) => kind !== 'address');
  const has = `${of} ${/notes$/.test(of) ? 'have' : 'has'}`;
  const misfits: Misfit[] = [];
  if (addresses.length > 0) {
    const said = `${has} ${addresses.length === 1 ? 'an e-mail address' : 'e-mail addresses'}: ${shown(addresses)}`;
    misfits.push(misfit(work, place, 'look', said, `Archives ask that none stand in a text. ${howToRedact(work, [])}`));
  }
  if (money.length > 0) {
    const words = money.filter(({ kind }) => kind === 'words').map((one) => one.words);
    const said = `${has} what may ask for money: ${shown(money)}`;
    const why = 'Archives forbid all that sells or collects.';
    misfits.push(misfit(work, place, 'look', said, `${why} ${howToRedact(work, words)}`));
  }
  return misfits;
}

/** Words are the author's own and go only by name. */
function howToRedact(work: Work, words: readonly string[]): string {
  const out =
    words.length > 0
      ? `"redact: [${JSON.stringify(words[0])}]" takes out the words it lists`
      : '"redact: true" takes out such addresses';
  return `In decisions.yaml, under works: ${keyOf(work)}, ${out}, and "redact: false" leaves all as it is and says no more.`;
}

function shown(found: readonly Finding[]): string {
  return some(found.map(({ around }) => around));
}

/** How many of a kind are shown in one sentence. */
const SHOWN = 3;

function some(words: readonly string[]): string {
  const more = words.length > SHOWN ? `; and ${words.length - SHOWN} more` : '';
  return `${words.slice(0, SHOWN).join('; ')}${more}`;
}
