/** The flags that commands share, and what their values may be. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { TARGETS } from '../targets/index.js';

export const ADDRESS =
  'a journal or any entry in it, in any form: https://NAME.livejournal.com/ or https://NAME.dreamwidth.org/12345.html';

export const out = () => new Option('--out <dir>', "the run's folder (default: output/JOURNAL)");
export const config = () => new Option('--config <file>', "your own settings, laid over ficferry's");
export const json = () => new Option('--json', 'one JSON line per event instead of the progress display');
export const includeLocked = () =>
  new Option(
    '--include-locked',
    'let locked entries into works/ and sheet/ of the bundle and into your own books (--for epub), and nowhere else',
  );
export const images = (what: string) => new Option('--images', what);
export const targets = () =>
  new Option(
    '--for <targets>',
    'make this of your works, too, beside the bundle: epub (a book of each), open-doors (tables for archivists)',
  ).argParser(targetNames);
export const byAuthor = () => new Option('--by-author', 'make a bundle for each author, too, beside the one of all');
export const poster = () => new Option('--poster <name>', "carry only this poster's entries");

export const onArchive = () =>
  new Option(
    '--on-archive <files...>',
    'pages saved from the archive that list your works there: your works, your statistics, or "Edit Works"; or the push.jsonl of a push',
  );

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError('A number of seconds was expected, such as 3.');
  return value;
}

export function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('A whole number was expected, such as 20.');
  return value;
}

/** "epub,other", or the flag several times. */
function targetNames(text: string, before: string[] = []): string[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !TARGETS.has(name));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`There is no target "${unknown}": ${[...TARGETS.keys()].join(', ')}.`);
  return [...new Set([...before, ...names])];
}

export function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError('A port was expected, such as 8080.');
  return value;
}

/** The archive's form takes so many addresses in one go. */
const MOST_TO_A_GO = 25;

/** The archive's limit of 200 works in a request is exclusive. */
const MOST_TO_A_BATCH = 199;

export function batchSize(text: string): number {
  const value = count(text);
  if (value > MOST_TO_A_BATCH) throw new InvalidArgumentError(`The archive takes ${MOST_TO_A_BATCH} at most.`);
  return value;
}

export function goSize(text: string): number {
  const value = count(text);
  if (value > MOST_TO_A_GO) throw new InvalidArgumentError(`The archive takes ${MOST_TO_A_GO} at most.`);
  return value;
}

export function withCrawlFlags(command: Command): Command {
  return command
    .addOption(out())
    .option('--contact <address>', 'your e-mail or web address, told to the site: sites ask robots for one')
    .option('--delay <seconds>', "a longer pause between pages than the site's own", seconds)
    .option('--limit <n>', 'stop after this many entries, to try things out', count)
    .option(
      '--no-calendar',
      "leave out the second check on a walk, which reads the journal's calendar where robots.txt allows",
    )
    .option(
      '--from <file|address>',
      'carry the entries listed in a file, or linked from an entry such as your masterlist',
    )
    .option(
      '--mine',
      'the journal is yours or you have leave: lifts its own robots.txt rule against all robots, and nothing else',
    )
    .option('--adult', 'you are of age: passes adult notices')
    .option('--cookies <file>', 'your own cookies.txt, to reach the locked entries that you may read')
    .addOption(images('fetch the pictures that your works show, too, after reading'))
    .addOption(config())
    .addOption(json());
}
