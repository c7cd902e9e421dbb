/** `ficferry push`: what is sent, while it is sent, and what came of it. */
import pc from 'picocolors';
import {
  dryRun,
  type PushFlags,
  type PushStart,
  push as pushBundle,
  redirectsFile,
  startPush,
} from '../commands/push.js';
import { count, duration } from '../common/wording.js';
import { EXIT } from '../errors.js';
import type { PushEnd, PushEvent, PushedWork } from '../push/index.js';
import { losses } from '../site/index.js';
import { holdHand } from './hand.js';
import { askForToken } from './secret.js';

type Flags = PushFlags & { dryRun?: boolean; json?: boolean };

export async function push(path: string, flags: Flags): Promise<void> {
  const start = await startPush(path, flags);
  if (flags.dryRun) {
    for (const request of dryRun(start)) say(JSON.stringify(request, undefined, flags.json ? undefined : 2));
    note([...planLines(start), 'Nothing was sent, and nobody was asked for anything.']);
    return;
  }
  if (!flags.json) note(planLines(start));
  const token = await askForToken(flags.archivist);
  const how = () => howToGoOn(path, flags);
  const hand = holdHand({ clear: () => undefined }, how, 'batch');
  try {
    const end = await pushBundle(start, token, (event) => tell(event, flags), hand);
    if (!end.complete) {
      process.stderr.write(`Stopped as you asked; nothing is lost. Go on with:\n  ${how()}\n`);
      process.exitCode = EXIT.interrupted;
    } else if (end.pushed.some(({ outcome }) => outcome === 'refused')) process.exitCode = EXIT.look;
    if (flags.json) say(JSON.stringify({ type: 'end', ...counts(end, start), complete: end.complete }));
    else for (const line of endLines(end, start)) say(line);
  } finally {
    hand.release();
  }
}

function planLines({ plan, batch, archive, warnings }: PushStart): string[] {
  const works = plan.parcels.length;
  const batches = count(Math.ceil(works / batch), 'request').replace(' ', ' import ');
  return [
    ...warnings.map((text) => pc.yellow(text)),
    `${count(works, 'work')} for ${archive}${works > 0 ? `, in ${batches}` : ''}.`,
    ...(plan.there.length > 0 ? [`${count(plan.there.length, 'work')} went there before.`] : []),
    ...withoutLines(plan.without),
  ];
}

/** By reason, the commonest first; each work is named where few are. */
function withoutLines(without: PushEnd['without']): string[] {
  const byWhy = new Map<string, string[]>();
  for (const { work, why } of without) byWhy.set(why, [...(byWhy.get(why) ?? []), work.title]);
  const lines = [...byWhy]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([why, titles]) => `  ${why}: ${named(titles)}`);
  return without.length > 0 ? [`${count(without.length, 'work')} kept back:`, ...lines] : [];
}

/** So many titles are named in a line. */
const NAMED = 3;

function named(titles: readonly string[]): string {
  const more = titles.length - NAMED;
  return titles.slice(0, NAMED).join('; ') + (more > 0 ? `; and ${more} more` : '');
}

function tell(event: PushEvent, { json }: Flags): void {
  if (json) return say(JSON.stringify(event));
  const words = wordsOf(event);
  if (words !== undefined) note([words]);
}

function wordsOf(event: PushEvent): string | undefined {
  switch (event.type) {
    case 'pages':
      return event.done === event.of
        ? `${count(event.of, 'page')} stand where the archive will look for them`
        : undefined;
    case 'changed':
      return pc.yellow(
        `Your host shows ${count(event.pages, 'page')} in another form than the bundle has them: look whether it adds something.`,
      );
    case 'batch':
      return `request ${event.number} of ${event.of}: ${count(event.works, 'work')}`;
    case 'wait':
      return `waiting ${duration(event.seconds)}: ${event.why}`;
    case 'work':
      return workLine(event);
  }
}

const OUTCOMES: Record<PushedWork['outcome'], string> = {
  created: 'created      ',
  there: 'there already',
  refused: 'refused      ',
};

function workLine({ outcome, title, archiveUrl, detail }: Omit<PushedWork, 'work'> & { title: string }): string {
  const about = [archiveUrl, outcome === 'created' ? '' : detail].filter(Boolean).join('  ');
  return `${OUTCOMES[outcome]}  ${title}  ${about}`.trimEnd();
}

function counts({ pushed, without }: PushEnd, { plan }: PushStart): Record<string, number> {
  const of = (outcome: PushedWork['outcome']) => pushed.filter((one) => one.outcome === outcome).length;
  return {
    created: of('created'),
    there: of('there') + plan.there.length,
    refused: of('refused'),
    keptBack: without.length,
  };
}

function endLines(end: PushEnd, start: PushStart): string[] {
  const { created, there, refused, keptBack } = counts(end, start);
  return [
    '',
    ...end.pushed.map(({ work, ...rest }) => workLine({ ...rest, title: work.title })),
    '',
    `${created} created, ${there} there already, ${refused} refused, ${keptBack} kept back.`,
    ...lossLines(end),
    `Old and new addresses: ${redirectsFile(start.folder)}`,
    'The archive shows imported works to its members only, until their authors open them.',
    ...(end.complete && refused ? ['What was refused is tried again by the same command.'] : []),
  ];
}

/** What no field of the API carries. */
function lossLines({ pushed }: PushEnd): string[] {
  const made = pushed.filter(({ outcome }) => outcome === 'created');
  const urls = new Map(made.map(({ work, archiveUrl }) => [work, archiveUrl]));
  const lines = losses({ works: made.map(({ work }) => work) }).map(
    ({ work, lost }) => `  ${work.title}: ${lost.join('; ')}  ${urls.get(work) ?? ''}`,
  );
  return lines.length > 0 ? ['To be set by hand, since the API carries none of it:', ...lines] : [];
}

function howToGoOn(path: string, { archive, archivist, baseUrl }: Flags): string {
  return `ficferry push ${path} --archive ${archive} --archivist ${archivist} --base-url ${baseUrl}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function note(lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`${line}\n`);
}
