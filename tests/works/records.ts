import { loadConfig } from '../../src/config.js';
import type { Header } from '../../src/model.js';
import type { FicRecord } from '../../src/works/index.js';

export const config = loadConfig();

/** A record as the reader would hand it on; `number` also makes its date, one day apart, unless one is given. */
export function record(
  number: number,
  header: Header = {},
  more: Partial<FicRecord['entry']> & Partial<Omit<FicRecord, 'entry' | 'header'>> = {},
): FicRecord {
  const { kind = 'fic', evidence = {}, wordCount = 1000, language, restricted = false, inComments, ...others } = more;
  const { storyWords = wordCount, links = [], ...entry } = others;
  const day = String((number % 28) + 1).padStart(2, '0');
  return {
    entry: {
      site: 'livejournal',
      journal: 'lampwright',
      number,
      url: `https://lampwright.livejournal.com/${number}.html`,
      subject: `Post ${number}`,
      poster: 'lampwright',
      postedAt: `2009-05-${day}T20:15:00`,
      tags: [],
      security: 'public',
      layout: 'test',
      ...entry,
    },
    kind,
    header,
    evidence,
    wordCount,
    storyWords,
    links,
    ...(inComments && { inComments }),
    ...(language && { language }),
    restricted,
  };
}

export const key = (number: number) => `livejournal/lampwright/${number}`;
