import { loadConfig } from '../../src/config.js';
import { readFic } from '../../src/fic/index.js';
import type { Entry, Fic } from '../../src/model.js';

export const config = loadConfig();

/** An entry with a body written for a test. */
export function entryOf(html: string, facts: Partial<Entry> = {}): Entry {
  return {
    site: 'livejournal',
    journal: 'lamplighter',
    number: 1337,
    url: 'https://lamplighter.livejournal.com/1337.html',
    poster: 'lamplighter',
    tags: [],
    security: 'public',
    layout: 'light',
    body: { form: 'rendered', html },
    ...facts,
  };
}

export function read(html: string, facts: Partial<Entry> = {}): Fic {
  return readFic(entryOf(html, facts), config);
}

/** The words of a clean body, one space between. */
export function plainBody(fic: Fic): string {
  return fic.html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/&nbsp;/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Paragraphs of a story, none of which is like a header. */
export const STORY = [
  'The bell had been ringing since four, and nobody had gone down to see who was pulling the rope.',
  '"It is only the wind," said Orla, who had lived here longest and lied best.',
  'Tam put his boots on anyway. The stairs were wet and the lantern would not stay lit, so he counted the steps aloud.',
  'At the bottom there was a girl with a goat. She had tied the rope around its neck, and it was eating the hymn books.',
  '"You took your time," she said, and handed him the other end of the rope as if they had arranged it.',
  'Afterwards they told it differently, with a storm in it and a ship, and the goat grew with every telling until it was a bear.',
];
export const story = STORY.map((line) => line.replace(/"/g, '&quot;')).join('<br /><br />');
