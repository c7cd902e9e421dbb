#!/usr/bin/env node
/** The commands and their flags. What they do is in `cli/commands.ts`; this file only says how they are called. */
import { Command, CommanderError, Option } from 'commander';
import { failWith } from './cli/failure.js';
import {
  ADDRESS,
  batchSize,
  byAuthor,
  config,
  goSize,
  images,
  includeLocked,
  json,
  onArchive,
  out,
  port,
  poster,
  targets,
  withCrawlFlags,
} from './cli/flags.js';
import { outlivePipes } from './cli/pipes.js';
import { EXIT } from './errors.js';
import { VERSION } from './version.js';

type Act = (...args: never[]) => unknown;

/** What a command does is loaded when it is called: `--help` and a mistyped flag answer at once. */
const command =
  (name: keyof typeof import('./cli/migration.js')) =>
  async (...args: unknown[]): Promise<void> =>
    void (await ((await import('./cli/migration.js'))[name] as Act)(...(args as never[])));
const review = async (...args: Parameters<typeof import('./cli/review.js')['review']>): Promise<void> =>
  (await import('./cli/review.js')).review(...args);
const handOver =
  (name: 'site' | 'serve' | 'goes' | 'done') =>
  async (...args: unknown[]): Promise<void> =>
    void (await ((await import('./cli/handOver.js'))[name] as Act)(...(args as never[])));

const push = async (...args: Parameters<typeof import('./cli/push.js')['push']>): Promise<void> =>
  (await import('./cli/push.js')).push(...args);
const tags = async (...args: Parameters<typeof import('./cli/tags.js')['tags']>): Promise<void> =>
  (await import('./cli/tags.js')).tags(...args);
const people = async (...args: Parameters<typeof import('./cli/people.js')['people']>): Promise<void> =>
  (await import('./cli/people.js')).people(...args);

function program(): Command {
  const ficferry = new Command('ficferry')
    .description('Carries the fan fiction in a LiveJournal-style journal to a living archive.')
    .version(VERSION)
    .showHelpAfterError('(ficferry COMMAND --help shows how to use a command)')
    .addHelpText(
      'after',
      '\nWithout a command it opens in your browser, and asks there what it needs to know.\n' +
        'In the terminal, begin with:\n  ficferry migrate https://NAME.livejournal.com/ --contact you@example.org\n',
    );

  ficferry
    .command('review')
    .argument('[address]', ADDRESS)
    .description('the whole way in your browser: begin, look through your works, correct them, hand them over')
    .addOption(out())
    .option('--port <n>', 'the port to listen on, on this machine alone (default: any that is free)', port)
    .option('--no-open', 'print the address, and leave the browser alone')
    .addOption(config())
    .addHelpText('after', '\nExample:\n  ficferry review https://NAME.livejournal.com/\n')
    .action(review);

  withCrawlFlags(ficferry.command('migrate').argument('[address]', ADDRESS))
    .description('crawl a journal and bundle it: the whole way')
    .addOption(poster())
    .addOption(includeLocked())
    .addOption(targets())
    .addHelpText('after', '\nExample:\n  ficferry migrate https://NAME.livejournal.com/ --contact you@example.org\n')
    .action(command('migrate'));

  withCrawlFlags(ficferry.command('crawl').argument('[address]', ADDRESS))
    .description('fetch what the vault does not hold yet; run again to go on')
    .addHelpText(
      'after',
      '\nExample:\n  ficferry crawl https://NAME.dreamwidth.org/ --contact you@example.org --adult\n',
    )
    .action(command('crawl'));

  ficferry
    .command('add')
    .argument('<path>', 'a saved page, a folder of them, or a WARC of another tool')
    .description('put pages that you saved yourself into the vault')
    .addOption(out())
    .addOption(config())
    .addOption(json())
    .addHelpText('after', '\nExample:\n  ficferry add saved-pages/ --out output/NAME\n')
    .action(command('add'));

  ficferry
    .command('bundle')
    .argument('[address]', ADDRESS)
    .description('make the import bundle from what the vault holds; asks the network for nothing')
    .addOption(out())
    .addOption(poster())
    .addOption(includeLocked())
    .addOption(images('pack the pictures that the vault holds; crawl or migrate with --images fetches them'))
    .addOption(onArchive())
    .addOption(targets())
    .addOption(byAuthor())
    .addOption(config())
    .addOption(json())
    .addHelpText(
      'after',
      '\nExample:\n  ficferry bundle --out output/NAME\n  ficferry bundle --out output/NAME --on-archive saved/*.html\n',
    )
    .action(command('bundle'));

  ficferry
    .command('moved')
    .argument('[address]', ADDRESS)
    .description('list the works that are on the archive: moved.csv, masterlist.html and masterlist.md')
    .addOption(out())
    .addOption(onArchive())
    .addOption(poster())
    .option('--include-locked', 'list works too that are locked in the journal or on the archive')
    .addOption(config())
    .addOption(json())
    .addHelpText('after', '\nExample:\n  ficferry moved --out output/NAME --on-archive saved/*.html\n')
    .action(command('moved'));

  ficferry
    .command('read')
    .argument('<files...>', 'saved entry pages')
    .description('read saved pages and print one JSON object per line')
    .option('--url <address>', 'where the page came from')
    .option('--url-list <file>', 'a file of "file<TAB>address" lines')
    .option('--explain', 'for people: each field, its value, where it came from and the line it was read from')
    .addOption(config())
    .addHelpText(
      'after',
      '\nExample:\n  ficferry read entry.html --url https://NAME.livejournal.com/12345.html --explain\n',
    )
    .action(command('read'));

  ficferry
    .command('status')
    .argument('[address]', ADDRESS)
    .description('say where a migration stands and what comes next')
    .addOption(out())
    .addOption(config())
    .addOption(json())
    .addHelpText('after', '\nExample:\n  ficferry status --out output/NAME\n')
    .action(command('status'));

  ficferry
    .command('verify')
    .argument('<bundle>', 'the folder or the ZIP of a bundle')
    .description('check that a bundle is whole and as an importer wants it')
    .addOption(config())
    .addOption(json())
    .addHelpText('after', '\nExample:\n  ficferry verify output/NAME/NAME-bundle.zip\n')
    .action(command('verify'));

  withHandOver(ficferry);
  withArchivists(ficferry);

  for (const command of [ficferry, ...ficferry.commands]) command.exitOverride();
  return ficferry;
}

/** The commands that come after the bundle. */
function withHandOver(ficferry: Command): void {
  const BUNDLE = 'the folder or the ZIP of a bundle';
  const size = () =>
    new Option('--size <n>', 'works to a go (default: 10; the archive takes 25 at most)').argParser(goSize);

  ficferry
    .command('site')
    .argument('<bundle>', BUNDLE)
    .argument('<folder>', 'where to write the pages; empty, or an earlier site')
    .description('write the pages that an archive imports, as files for any web host')
    .requiredOption('--base-url <address>', 'where the folder will stand on the web')
    .addOption(config())
    .addHelpText(
      'after',
      '\nExample:\n  ficferry site output/NAME/NAME-bundle public/ --base-url https://you.example.org/moving/\n',
    )
    .action(handOver('site'));

  ficferry
    .command('serve')
    .argument('<bundle>', BUNDLE)
    .description('show those pages on this machine, or behind a tunnel, until Ctrl-C')
    .option('--port <n>', 'the port to listen on (default: any that is free)', port)
    .option('--base-url <address>', 'the address that a tunnel gives this machine')
    .addOption(config())
    .addHelpText('after', '\nExample:\n  ficferry serve output/NAME/NAME-bundle\n')
    .action(handOver('serve'));

  ficferry
    .command('goes')
    .argument('<bundle>', BUNDLE)
    .description('plan the goes of an import: addresses, what to choose, what to set afterwards')
    .requiredOption('--base-url <address>', 'where the pages stand on the web')
    .addOption(size())
    .option('--html <file>', 'write the goes as a page with buttons to copy')
    .addOption(config())
    .addHelpText(
      'after',
      '\nExample:\n  ficferry goes output/NAME/NAME-bundle --base-url https://you.example.org/moving/\n',
    )
    .action(handOver('goes'));

  ficferry
    .command('done')
    .argument('[works...]', 'works by the names of their sheets; without any, what is left to do is listed')
    .description('tick works that you have handed over')
    .option('--undo', 'take the tick away')
    .addOption(out())
    .addHelpText('after', '\nExample:\n  ficferry done the-long-tide --out output/NAME\n')
    .action(handOver('done'));
}

/** What an archivist does with a community's works. */
function withArchivists(ficferry: Command): void {
  ficferry
    .command('people')
    .argument('[address]', ADDRESS)
    .description(
      'write people.csv: who wrote the works, for their e-mail addresses and their yes; what it holds is kept',
    )
    .option('--yes <names...>', 'note that these authors said yes')
    .option('--no <names...>', 'note that these authors said no')
    .addOption(out())
    .addOption(poster())
    .addOption(config())
    .addHelpText('after', '\nExample:\n  ficferry people --out output/COMMUNITY\n')
    .action(people);

  ficferry
    .command('tags')
    .argument('<table>', 'the tag table of "bundle --for open-doors", filled in by tag wranglers')
    .description('read in what tag wranglers made of the tags')
    .addOption(out())
    .addOption(config())
    .addHelpText('after', '\nExample:\n  ficferry tags filled.csv --out output/COMMUNITY\n')
    .action(tags);

  ficferry
    .command('push')
    .argument('<bundle>', 'the folder or the ZIP of a bundle')
    .description('import the works into an archive by its API, as one of its archivists')
    .requiredOption('--archive <address>', 'the address of the archive')
    .requiredOption('--archivist <name>', 'your name there')
    .requiredOption('--base-url <address>', 'where the pages of "ficferry site" stand on the web')
    .option('--batch <n>', 'works in one request (default: 199, as many as it takes)', batchSize)
    .option('--collection <name>', 'a collection of the archive to put them into')
    .option('--claim-emails', 'let the archive write to the authors, so that they can claim their works')
    .option('--dry-run', 'print what would be sent, and ask nobody for anything')
    .option('--out <dir>', "the run's folder, where people.csv is and push.jsonl goes (default: that of the bundle)")
    .addOption(config())
    .addOption(json())
    .addHelpText(
      'after',
      '\nThe token that the archive gave you is asked for, or taken from the variable FICFERRY_TOKEN.\n' +
        '\nExample:\n  ficferry push output/NAME/NAME-bundle --archive https://archive.example.org --archivist you --base-url https://you.example.org/moving/\n',
    )
    .action(push);
}

outlivePipes();
try {
  const args = process.argv.slice(2);
  await program().parseAsync(args.length === 0 ? ['review'] : args, { from: 'user' });
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
  else process.exitCode = failWith(error);
}
