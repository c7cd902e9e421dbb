/** `--images`: which pictures the works show, and the pass that fetches them. It comes after the crawl, and can be run again at any time. */
import { count, duration } from '../common/wording.js';
import {
  fetchPictures,
  lockOut,
  lockSite,
  PictureHosts,
  type PicturePlan,
  planPictures,
  type Vault,
  type WantedPicture,
} from '../crawl/index.js';
import { entryKey } from '../model.js';
import { picturesOf } from '../text/index.js';
import { planWorks } from '../works/index.js';
import { takeCensus } from './census.js';
import type { Hand, PictureEnd, Tell } from './outcome.js';
import { type Run, readDecisions, VERSION } from './run.js';
import { startOf } from './start.js';
import { openVault, storyOf } from './stories.js';

/**
 * Fetches the pictures that the vault does not hold yet.
 * @throws FicferryError DISK, VAULT_DAMAGED, BAD_DECISIONS, NO_CONTACT; a host that does not answer ends nothing
 */
export async function fetchPicturesOf(run: Run, tell: Tell, hand: Hand): Promise<PictureEnd> {
  const { sites, options, config } = run;
  const { images } = config;
  await using _folder = await lockOut(run.folder);
  await using vault = await openVault(run);
  const wanted = await wantedPictures(vault, run, tell);
  const hosts = new PictureHosts({
    sites,
    version: VERSION,
    contact: options.contact,
    delay: options.delay,
    mine: options.mine ? (await startOf(run)).journalHost : undefined,
    images,
    onWait: ({ seconds, why }) => tell({ type: 'wait', seconds, why }),
    signal: hand.signal,
  });
  try {
    const plan = await planPictures(vault, wanted, hosts, images);
    tell({ type: 'plan', lines: pictureLines(plan, run) });
    const lock = (site: string) =>
      lockSite(site, {
        onWait: () =>
          tell({
            type: 'note',
            text: `another crawl of ${sites.site(site).name} is under way; its pictures wait for it`,
          }),
        signal: hand.signal,
      });
    return await fetchPictures({ vault, plan, hosts, images, lock, stopping: hand.stopping, onPicture: tell });
  } finally {
    await hosts.close();
  }
}

/**
 * Every picture of every fic that would be carried, in the order of the works. Locked ones are among them, whatever the next
 * bundle takes: what is got for them goes where they are.
 */
async function wantedPictures(vault: Vault, run: Run, tell: Tell): Promise<WantedPicture[]> {
  const all: Run = { ...run, options: { ...run.options, includeLocked: true } };
  const census = await takeCensus(vault, all, (done) => tell({ type: 'reading', done }));
  const locked = new Set(census.records.filter(({ restricted }) => restricted).map(({ entry }) => entryKey(entry)));
  const wanted = new Map<string, WantedPicture>();
  for (const { chapters } of planWorks(census.records, readDecisions(run), run.config).works) {
    for (const { entry } of chapters) {
      const restricted = locked.has(entry);
      // shown by an open entry too, its address is no secret
      for (const { address } of picturesOf((await storyOf(vault, run, entry)).html))
        wanted.set(address, { address, restricted: restricted && (wanted.get(address)?.restricted ?? true) });
    }
  }
  return [...wanted.values()];
}

/** What is said before the first picture is asked for. */
function pictureLines({ wanted, held, queues }: PicturePlan, run: Run): string[] {
  const { pause, hosts } = run.config.images;
  const said = `Pictures: ${count(wanted.length, 'picture')} in your works`;
  if (wanted.length === 0) return ['Pictures: none in your works.'];
  const left = wanted.length - held;
  const before = held > 0 ? `, ${held} asked for before` : '';
  if (left === 0) return [`${said}${before}. Nothing is left to ask for.`];
  const pauseOf = (site: string | undefined) =>
    Math.max(run.options.delay ?? 0, site === undefined ? pause : run.sites.site(site).pause);
  // robots.txt and then each picture; some hosts side by side
  const seconds = queues.map(({ site, pictures }) => (pictures.length + 1) * pauseOf(site));
  const longest = Math.max(...seconds, seconds.reduce((sum, one) => sum + one, 0) / hosts);
  return [
    `${said}${before}, ${left} to ask for from ${count(queues.length, 'host')}: about ${duration(longest)}, with a pause of ${Math.max(pause, run.options.delay ?? 0)} s after each answer of a host.`,
    'They are asked for as by a stranger: no cookies, and no word of you to hosts other than the journal’s own.',
  ];
}
