import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readFic } from '../../src/fic/index.js';
import { readPage, Sites } from '../../src/journal/index.js';
import type { Fic } from '../../src/model.js';
import { shared } from '../outside.js';
import { config, plainBody } from './support.js';

const PAGES = shared('pages');

const sites = new Sites({
  ...config,
  sites: { ...config.sites, dreamwidth: { ...(config.sites.dreamwidth as object), hosts: ['*.dw.test'] } as never },
});

function ficOf(file: string, url: string): Fic {
  const reading = readPage(sites, { url, status: 200, headers: {}, body: readFileSync(`${PAGES}/${file}`) });
  if (reading.kind !== 'entry') throw new Error(`${file} is ${reading.kind}`);
  return readFic(reading.entry, config);
}

describe.skipIf(!PAGES)('the reference post', () => {
  it('reads as its author would', () => {
    const fic = ficOf('livejournal/entry-modern.html', 'https://examplejournal.livejournal.com/23456.html');
    expect(fic.kind).toBe('fic');
    expect(fic.header).toMatchObject({
      title: 'The Lamp Room',
      characters: ['Mark', 'Alex'],
      relationships: ['Mark/Alex'],
      rating: 'R',
      wordCount: 883,
      status: 'complete',
    });
    expect(fic.header.notes).toMatch(/^Written for a prompt \(Mark\/Alex, .* in two years\.$/);
    expect(fic.header.warnings).toBe(fic.header.notes);
    expect(fic.evidence.warnings?.raw).toMatch(/^Notes\/Warnings: /);
    expect(fic.header.summary).toMatch(/^The lights go out .* are not\.$/);
    expect(plainBody(fic)).toMatch(/^There were nights .* The End$/);
  });
});

describe.skipIf(!PAGES)('a Dreamwidth journal', () => {
  const rows = PAGES
    ? readFileSync(`${PAGES}/dreamwidth/journal/chain.tsv`, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split('\t'))
    : [];
  const open = rows.filter(
    (row) => row[4] === 'public' && !['explicit.html', 'concepts.html'].includes(row[1] as string),
  );
  // By the names of the pages: what a person takes for no story.
  const OTHER = [
    'intro',
    'masterlist',
    'rl1',
    'images',
    'manycomments',
    'sameday3',
    'poll',
    'podfic',
    'lj_spoiler',
    'hiatus',
  ];
  it.each(open.map((row) => [row[1] as string, row[3] as string]))('%s is of its kind', (file, url) => {
    const fic = ficOf(`dreamwidth/journal/${file}`, url);
    expect(fic.kind).toBe(OTHER.includes(file.replace('.html', '')) ? 'other' : 'fic');
    // Of two stories in one entry the second keeps its header.
    if (fic.kind === 'fic' && file !== 'twocuts.html')
      expect(plainBody(fic)).not.toMatch(/\b(?:Title|Rating|Summary|Fandom|Pairing):/);
  });
  it('reads the parts of the long one', () => {
    const parts = [1, 2, 3, 4, 5].map((n) =>
      ficOf(`dreamwidth/journal/tide${n}.html`, rows.find((row) => row[1] === `tide${n}.html`)?.[3] as string),
    );
    expect(parts.map((fic) => [fic.header.title, fic.header.part])).toEqual(
      [1, 2, 3, 4, 5].map((number) => ['The Long Tide', { number, of: 5 }]),
    );
    expect(plainBody(parts[4] as Fic)).toMatch(/The End$/);
  });
});
