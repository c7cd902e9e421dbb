/** Works to pack, and the archive's real config. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { ArchivesFile } from '../../src/config/archives.js';
import type { Chapter, Work } from '../../src/model.js';

export const config: ArchivesFile = ArchivesFile.parse(
  parse(readFileSync(new URL('../../config/archives.yaml', import.meta.url), 'utf8')),
);
export const { archive } = config;

export function chapter(number: number, more: Partial<Chapter> = {}): Chapter {
  const entry = number * 256 + 7;
  return {
    position: number,
    entry: `livejournal/somebody/${entry}`,
    url: `https://somebody.livejournal.com/${entry}.html`,
    postedAt: `2009-05-0${number}T21:30:00`,
    wordCount: 12,
    ...more,
  };
}

export function work(more: Partial<Work> = {}): Work {
  return {
    slug: 'the-lighthouse',
    title: 'The Lighthouse',
    authors: ['somebody'],
    archive: {
      rating: 'Mature',
      warnings: ['Choose Not To Use Archive Warnings'],
      categories: ['F/M'],
      fandoms: ['Star Trek: The Original Series'],
      relationships: ['Nyota Uhura/Montgomery "Scotty" Scott'],
      characters: ['Nyota Uhura', 'Montgomery "Scotty" Scott'],
      additionalTags: ['Angst', 'Café'],
    },
    summary: 'Two keepers & one lamp.',
    notes: 'For a friend.\nThank you!',
    language: 'en',
    complete: true,
    published: '2009-05-01',
    updated: '2009-05-01',
    wordCount: 12,
    restricted: false,
    header: { title: 'The Lighthouse' },
    evidence: { title: { from: 'header', raw: 'The Lighthouse', line: 1 } },
    questions: [],
    chapters: [chapter(1)],
    ...more,
  };
}

/** A work of three chapters, with all that chapters can have. */
export function longWork(more: Partial<Work> = {}): Work {
  return work({
    slug: 'long-way',
    title: 'A Long Way',
    chapters: [
      chapter(1, { title: 'Prologue', notes: 'Only the first.' }),
      chapter(2),
      chapter(3, { title: 'Home: at last', summary: 'They arrive.', notes: 'Done.' }),
    ],
    updated: '2009-05-03',
    ...more,
  });
}
