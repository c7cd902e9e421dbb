/** The words at the end of a command: what was seen, carried and left out, where it is, and what to do next. */
import { join } from 'node:path';
import pc from 'picocolors';
import { type BundleSummary, keepsBack, type VerifyReport } from '../bundle/index.js';
import type { MovedOutcome } from '../commands/moved.js';
import { count } from '../common/wording.js';
import { type AddSummary, chainAccount, type JournalAccount } from '../crawl/index.js';
import type { EntryId, LeftOutReason, Withheld, Work } from '../model.js';
import type { ArchiveAccount } from '../run/onArchive.js';
import { type BundleOutcome, type CrawlEnd, isThrough, type PictureEnd } from '../run/outcome.js';
import { byReason } from '../run/report.js';
import type { Run, RunOptions } from '../run/run.js';
import type { Standing } from '../run/standing.js';

/** Why entries were left out, for people; `{n}` is how many. */
const REASONS: Record<LeftOutReason, string> = {
  other: 'no fic',
  locked: 'locked: --cookies reaches those that you may read',
  gate: 'behind an adult notice: --adult passes it, if you are of age',
  missing: 'not there any more',
  gone: 'deleted for good',
  banned: 'refused by the site',
  unreadable: 'unreadable: these need a look',
  restricted: 'locked, read with your cookies: --include-locked lets them into works/ and sheet/',
  decided: 'taken out by your decisions',
  'other-poster': 'by other posters',
};

/** How many misfits and warnings are shown before "and N more". */
const SHOWN = 5;
/** Of what `status` explains, before the same. */
const A_SCREEN = 20;

export function runSummary(run: Run, outcome: BundleOutcome, end?: CrawlEnd): string[] {
  const { census, works, leftOut, bundle, targets, warnings, onArchive } = outcome;
  const carried = works.reduce((sum, work) => sum + work.chapters.length, 0);
  const questions = works.reduce((sum, work) => sum + work.questions.length, 0);
  return [
    `${count(census.seen, 'entry')} seen, ${count(carried, 'fic')} carried as ${count(works.length, 'work')}, ${leftOut.length} left out${leftOut.length ? ':' : '.'}`,
    ...reasonLines(byReason(leftOut)),
    ...(run.options.from ? [] : census.accounts.map((account) => neverMetLine(account, census.accounts.length > 1))),
    ...incompleteLines(end),
    ...calendarLines(end),
    ...bundlePictures(bundle.pictures),
    ...archiveLines(onArchive),
    ...withheldLines(run, works),
    ...some(warnings),
    ...some(bundle.misfits.filter(keepsBack).map(({ message }) => pc.yellow(message))),
    ...lookLines(bundle),
    ...newTagLines(bundle.newTags),
    '',
    `The bundle is ${bundle.folder} and, in one file, ${bundle.zip}`,
    ...(outcome.byAuthor
      ? [`By author: ${count(outcome.byAuthor.bundles, 'bundle')} in ${outcome.byAuthor.folder}`]
      : []),
    ...targets.flatMap(({ name, folder, files, troubles }) => [
      `For ${name}: ${count(files, 'file')} in ${folder}`,
      ...some(troubles.map((text) => pc.yellow(`  ${text}`))),
    ]),
    `Next: open ${join(bundle.folder, 'data', 'index.html')} in your browser and look through your works${questions ? ` (${count(questions, 'question')} for you)` : ''}.`,
    `      What was misread is corrected in ${join(run.folder, 'decisions.yaml')}; then: ficferry bundle --out ${run.folder}${withImages(run)}${onArchiveFlag(run)}${run.options.byAuthor ? ' --by-author' : ''}${withTargets(run)}`,
  ];
}

export function movedSummary(run: Run, outcome: MovedOutcome): string[] {
  const { account, listing, locked, files, questions, warnings } = outcome;
  const isAsked = run.options.includeLocked ?? false;
  return [
    ...archiveLines(account),
    ...(listing.drafts > 0 ? [`Not listed: ${count(listing.drafts, 'draft')} there, which nobody else sees.`] : []),
    ...(listing.locked > 0
      ? [`Not listed: ${count(listing.locked, 'work')} locked there; --include-locked lists them.`]
      : []),
    ...(locked > 0 && !isAsked
      ? [`Not looked at: ${count(locked, 'locked entry')} of the journal; --include-locked lists them.`]
      : []),
    ...some(
      questions.map(
        ({ entry, text }) => `${text} Answer in decisions.yaml, works: {${entry}: {onArchive: ADDRESS or false}}`,
      ),
    ),
    ...some(warnings),
    files.length > 0
      ? `${count(listing.listed.length, 'work')} listed in ${files.join(', ')}`
      : 'Nothing to list, so nothing was written. Where you know an address, say it in decisions.yaml, works: {KEY: {onArchive: ADDRESS}}',
  ];
}

/** Works of a community that wait for a yes, or will have none. */
function withheldLines(run: Run, works: BundleOutcome['works']): string[] {
  const back = works.filter(({ withheld }) => withheld);
  if (back.length === 0) return [];
  const of = (why: Withheld['why']) => back.filter(({ withheld }) => withheld?.why === why);
  const authors = (list: Work[]) =>
    count(new Set(list.flatMap(({ withheld }) => withheld?.authors ?? [])).size, 'author');
  const [silent, refused] = [of('no answer'), of('refused')];
  return [
    `${count(back.length, 'work')} in no page and no push:`,
    ...(silent.length > 0
      ? [
          `  ${silent.length} of ${authors(silent)} without a yes yet; note it in people.csv: ficferry people --out ${run.folder}`,
        ]
      : []),
    ...(refused.length > 0 ? [`  ${refused.length} of ${authors(refused)} who want nothing moved`] : []),
  ];
}

/** What the archive has already; nothing where nobody asked. */
function archiveLines({ pages, listed, there, doubtful, others }: ArchiveAccount): string[] {
  if (pages + there === 0) return [];
  const read = `; the ${count(pages, 'saved page')} ${pages === 1 ? 'lists' : 'list'} ${count(listed, 'work')}, ${others} of them not in this journal`;
  return [
    `${count(there, 'work')} of yours on the archive already${pages > 0 ? read : ''}.`,
    ...(doubtful > 0 ? [`${count(doubtful, 'work')} may be there too: a question on the sheet of each.`] : []),
  ];
}

function onArchiveFlag({ options }: Run): string {
  return options.onArchive ? ` --on-archive ${options.onArchive.map(quoted).join(' ')}` : '';
}

/** What the archive takes and the author may not want to hand over; each is told in full in the overview and on its sheet. */
function lookLines({ misfits, works }: BundleSummary): string[] {
  const looks = misfits.filter((one) => !keepsBack(one));
  const many = new Set(looks.map(({ work }) => work)).size;
  if (many === 0) return [];
  return [
    `${count(many, 'work')} of ${works} to look at before they go out (an e-mail address, words about money, a date that is missing):`,
    ...some(
      looks.map(({ message }) => `  ${message}`),
      ", in the bundle's index.html",
    ),
  ];
}

function newTagLines(newTags: number): string[] {
  if (newTags === 0) return [];
  return [
    `At most ${count(newTags, 'tag')} that the archive does not have yet, in the bundle's index.html: its volunteers sort each by hand.`,
  ];
}

export function crawlSummary(run: Run, end: CrawlEnd, pictures?: PictureEnd): string[] {
  const kinds = new Map<string, number>();
  for (const { kind } of end.chain) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  kinds.delete('entry');
  const refused = Object.fromEntries(kinds) as Partial<Record<LeftOutReason, number>>;
  const idsOf = (absent: boolean) =>
    end.chain.flatMap(({ id, kind }): EntryId[] =>
      id && (kind === 'missing' || kind === 'gone') === absent ? [id] : [],
    );
  const asked = { walked: isThrough(end), account: run.options.cookies !== undefined };
  const accounts = chainAccount(idsOf(false), { absent: idsOf(true), ...asked });
  return [
    `${count(end.visited, 'entry')} visited, ${count(end.asked, 'request')} made.`,
    ...reasonLines(refused),
    ...(run.options.from ? [] : accounts.map((account) => neverMetLine(account, accounts.length > 1))),
    ...incompleteLines(end),
    ...calendarLines(end),
    ...(pictures ? [pictureLine(pictures.carried, pictures.missing.length)] : []),
    ...some(
      (pictures?.missing ?? []).map(({ url, why }) => `  ${url}: ${why}`),
      '',
    ),
    `Next: ficferry bundle --out ${run.folder}${withImages(run)}`,
  ];
}

export function addSummary(run: Run, { added, alreadyThere, skipped, passedOver }: AddSummary): string[] {
  const aside = passedOver.map(({ path, why }) => `${path}: ${why}`);
  const more = aside.length > SHOWN ? `; and ${aside.length - SHOWN} more` : '';
  return [
    `${count(added, 'page')} added, ${alreadyThere} there already, ${skipped.length} skipped${skipped.length ? ':' : '.'}`,
    ...skipped.map(({ path, why }) => `  ${path}: ${why}`),
    ...(aside.length > 0 ? [`Passed over: ${aside.slice(0, SHOWN).join('; ')}${more}.`] : []),
    `Next: ficferry bundle --out ${run.folder}`,
  ];
}

export function standingLines(found: Standing): string[] {
  return [
    `${found.folder}: ${count(found.seen, 'entry')} of ${found.journal} in the vault, ${found.fics} of them fics.`,
    ...reasonLines(found.leftOut),
    ...neverMetLines(found),
    ...wholeLines(found),
    ...(found.calendar ? [sentence(found.calendar.text)] : []),
    ...few(found.apart.map(({ url, why }) => `  ${url}: ${why}`)),
    found.bundle
      ? `The bundle is ${found.bundle}${found.stale ? ', made before the last changes to the vault or to decisions.yaml' : ''}`
      : 'There is no bundle yet.',
    `Next: ${found.next}`,
  ];
}

/** Whether the chain is whole, and each of its gaps. */
function wholeLines({ complete, gaps, why, calendar }: Standing): string[] {
  if (complete) return ['Both ends of the journal were reached.'];
  if (gaps.length === 0) return [`Not the whole journal: ${why}.`];
  const chain = `the chain of its entries has ${count(gaps.length, 'gap')}`;
  return [
    calendar?.whole
      ? `${sentence(chain).slice(0, -1)}, and the calendar reaches what lies behind:`
      : `Not the whole journal: ${chain}:`,
    ...few(gaps.map((gap) => `  ${whereOf(gap)}: ${gap.why}`)),
  ];
}

function whereOf({ after, before }: Standing['gaps'][number]): string {
  if (after !== undefined && before !== undefined) return 'between two entries';
  return after === undefined ? 'before the first entry' : 'after the last entry';
}

/** The numbers never met, by journal, and between which entries each was posted. */
function neverMetLines({ numbers, unmet }: Standing): string[] {
  return numbers.flatMap(({ journal, text }) => {
    const own = unmet.filter((one) => one.journal === journal);
    const lines = own.map(({ first, last, after, before }) => {
      const number = first === last ? `number ${first}` : `numbers ${first} to ${last}`;
      const between =
        after !== undefined && before !== undefined ? `between ${after} and ${before}` : `before ${before}`;
      return `  ${number}: posted ${between}`;
    });
    const name = numbers.length > 1 ? `${journal}: ` : '';
    return [`${name}${text}${lines.length > 0 ? ':' : '.'}`, ...few(lines)];
  });
}

/** More than a screen of one kind tells a person nothing; `--json` has them all. */
function few(lines: string[]): string[] {
  return lines.length <= A_SCREEN
    ? lines
    : [...lines.slice(0, A_SCREEN), `  … and ${lines.length - A_SCREEN} more, with --json`];
}

export function verifyLines(path: string, report: VerifyReport): string[] {
  if (report.ok) return [`${path} is whole.`];
  return [`${path} is damaged or not as it should be:`, ...report.problems.map((problem) => `  ${problem}`)];
}

/** The command that goes on where this one stopped. */
export function goOn(command: string, address: string | undefined, options: RunOptions): string {
  const flags = Object.entries(options).flatMap(([name, value]) => {
    if (name === 'contact' && value) return ['--contact YOUR-ADDRESS']; // never echoed: it is nobody else's business
    if (name === 'calendar') return value === false ? ['--no-calendar'] : [];
    const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return value === true ? [flag] : value === undefined || value === false ? [] : [flag, quoted(String(value))];
  });
  return ['ficferry', command, ...(address ? [quoted(address)] : []), ...flags].join(' ');
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `"${text.replace(/(["\\$`])/g, '\\$1')}"`;
}

function reasonLines(reasons: Partial<Record<LeftOutReason, number>>): string[] {
  return Object.entries(reasons).map(([reason, n]) => `  ${n} ${REASONS[reason as LeftOutReason]}`);
}

function neverMetLine(account: JournalAccount, several: boolean): string {
  const numbers = account.ranges
    .slice(0, SHOWN)
    .map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`));
  const more = account.ranges.length > SHOWN ? ', …' : '';
  return `${several ? `${account.journal}: ` : ''}${account.text}${numbers.length ? ` (${numbers.join(', ')}${more})` : ''}.`;
}

function incompleteLines(end: CrawlEnd | undefined): string[] {
  if (!end || end.complete) return [];
  if (end.calendar?.whole)
    return [`The chain of entries is broken: ${end.why}. What lies behind is reached by the calendar.`];
  return [pc.yellow(`Not everything was visited: ${end.why}.`)];
}

function calendarLines(end: CrawlEnd | undefined): string[] {
  return end?.calendar ? [sentence(end.calendar.text)] : [];
}

function sentence(clause: string): string {
  return `${clause.slice(0, 1).toUpperCase()}${clause.slice(1)}.`;
}

function bundlePictures(pictures: BundleOutcome['bundle']['pictures']): string[] {
  return pictures ? [pictureLine(pictures.carried, new Set(pictures.missing.map(({ url }) => url)).size)] : [];
}

function pictureLine(carried: number, missing: number): string {
  const rest = missing > 0 ? `, ${missing} could not be had and ${missing === 1 ? 'is a link' : 'are links'}` : '';
  return `${count(carried, 'picture')} carried${rest}.`;
}

/** The flag without which the next bundle would leave the pictures out. */
function withImages(run: Run): string {
  return run.options.images ? ' --images' : '';
}

/** The same for the targets, whose files would be of yesterday. */
function withTargets(run: Run): string {
  return run.options.for ? ` --for ${run.options.for.join(',')}` : '';
}

function some(lines: string[], where = ", in report.json and the bundle's index.html"): string[] {
  return lines.length <= SHOWN ? lines : [...lines.slice(0, SHOWN), `… and ${lines.length - SHOWN} more${where}`];
}
