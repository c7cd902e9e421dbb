import { expect, it } from 'vitest';
import { explain } from '../../src/commands/explain.js';
import { readSavedPage } from '../../src/commands/read.js';
import { loadConfig } from '../../src/config.js';
import { Sites } from '../../src/journal/index.js';
import { drawEntry, drawLogin, type Place } from '../journal/pages.js';
import { POSTS, type Post } from '../journal/posts.js';

const config = loadConfig();
const sites = new Sites(config);
const place: Place = {
  scheme: 'https',
  host: 'tarn-wick.livejournal.com',
  www: 'www.livejournal.com',
  journal: 'tarn_wick',
};

function explained(html: string): string[] {
  return explain(readSavedPage({ file: 'entry.html', bytes: Buffer.from(html) }, sites, config));
}

it('shows each field with its value, its source and its line', () => {
  const post = POSTS.find(({ itemid }) => itemid === 2) as Post;
  const lines = explained(drawEntry(place, post, post.body));
  expect(lines[0]).toMatch(/^entry\.html: fic \(/);
  const after = (value: string) => lines[lines.findIndex((line) => line.trimEnd().endsWith(value)) + 1];
  // The labelled lines of that post, counted by hand: Title is its first, Rating its fifth, Status its seventh.
  expect(after('Weather Station')).toContain("from the post's header, line 1: Title: Weather Station");
  expect(lines.join('\n')).toMatch(/rating +R\n +from the post's header, line 5: Rating: R/);
  expect(lines.join('\n')).toMatch(/status +complete\n +from the post's header, line 7: Status: Complete/);
  expect(lines.join('\n')).toMatch(/relationships +Rodney McKay\/John Sheppard\n +from .*: Rodney → Rodney McKay/);
  expect(lines.join('\n')).toMatch(/begins {2}The barometer said \*stormy\*/);
  expect(lines.at(-1)).toBe('  ends    “All right,” said Rodney at last. “A slight tone.”');
});

it('says why a page is no entry', () => {
  expect(explained(drawLogin(place, 1))).toEqual([expect.stringMatching(/^entry\.html: locked \(.+\)$/)]);
});
