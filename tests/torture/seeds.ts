/** The pages that are mutated: every post in every layout, what is no entry, hard headers, and the sample pages where they are. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SHAPES } from '../fic/shapes.js';
import {
  drawEnd,
  drawEntry,
  drawGate,
  drawLogin,
  drawMissing,
  drawRecent,
  entryUrl,
  type PageStyle,
  type Place,
} from '../journal/pages.js';
import { numberOf, POSTS } from '../journal/posts.js';
import { shared } from '../outside.js';

export interface Seed {
  /** Of what it was made, for reports. */
  name: string;
  url: string;
  /** One character a byte. */
  page: string;
}

const STYLES: readonly PageStyle[] = ['modern', 'singlepost', 'core2', 'light'];
const PLACES: readonly Place[] = [
  { scheme: 'https', host: 'tarn-wick.livejournal.com', www: 'www.livejournal.com', journal: 'tarn_wick' },
  { scheme: 'https', host: 'tarn-wick.dreamwidth.org', www: 'www.dreamwidth.org', journal: 'tarn_wick' },
];
/** Larger sample pages would be most of what a run reads. */
const LARGEST_SAMPLE = 20_000;

export function seedPages(): Seed[] {
  return [...drawnPages(), ...samplePages()];
}

function drawnPages(): Seed[] {
  const seeds: Seed[] = [];
  const add = (name: string, url: string, html: string) =>
    seeds.push({ name, url, page: Buffer.from(html).toString('latin1') });
  for (const [at, place] of PLACES.entries()) {
    for (const post of POSTS) {
      const url = entryUrl(place, numberOf(post));
      // the script that fills a modern page is cut before it is read, and would only take mutations to itself
      for (const style of STYLES)
        add(
          `post ${post.itemid} as ${style}, ${at}`,
          url,
          drawEntry(place, { ...post, style }, post.body).replace(/<script>(?:\/\* furniture \*\/)+<\/script>/, ''),
        );
    }
    const url = entryUrl(place, 5000);
    add(`login, ${at}`, url, drawLogin(place, 5000));
    add(`gate, ${at}`, url, drawGate(place, 5000));
    add(`end, ${at}`, url, drawEnd('next'));
    add(`missing, ${at}`, url, drawMissing());
    add(`recent, ${at}`, `${place.scheme}://${place.host}/`, drawRecent(place, POSTS));
  }
  const [post] = POSTS as [(typeof POSTS)[number]];
  const [place] = PLACES as [Place];
  for (const [at, [name, shape]] of Object.entries(SHAPES).entries()) {
    const style = STYLES[at % STYLES.length] as PageStyle;
    add(`shape ${name}`, entryUrl(place, numberOf(post)), drawEntry(place, { ...post, style }, shape(3000)));
  }
  return seeds;
}

/** Only where the sample pages lie beside the checkout; says so where they don't. */
function samplePages(): Seed[] {
  const folder = shared('pages');
  if (folder === undefined) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.html') && statSync(join(folder, name)).size <= LARGEST_SAMPLE)
    .sort()
    .map((name) => ({
      name,
      url: name.startsWith('livejournal')
        ? 'https://examplejournal.livejournal.com/23456.html'
        : 'http://testfic.dw.test/1234.html',
      page: readFileSync(join(folder, name), 'latin1'),
    }));
}
