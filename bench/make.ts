/** Texts to measure with, made up from a small stock of words so that every run has the same. */
import { drawEntry } from '../tests/journal/pages.js';
import type { Post } from '../tests/journal/posts.js';

const WORDS =
  'the lamp went out and nobody said so because it was late in the year when glass keeps its own counsel over stairs rain pears'.split(
    ' ',
  );

/** A small generator of its own (Park and Miller), so that figures do not depend on the run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** About so many words of story as the sites serve it: `<br /><br />` between paragraphs, some emphasis, scene breaks. */
export function story(words: number, seed = 7): string {
  const roll = dice(seed);
  const parts: string[] = [];
  for (let written = 0; written < words; ) {
    const length = 20 + Math.floor(roll() * 80);
    const paragraph = Array.from({ length }, () => WORDS[Math.floor(roll() * WORDS.length)] as string);
    if (roll() < 0.4) paragraph[3] = `<i>${paragraph[3]} ${paragraph[4]}</i>`;
    if (roll() < 0.1) paragraph[8] = `<b>${paragraph[8]}</b>`;
    if (roll() < 0.05) parts.push('* * *');
    parts.push(`${paragraph.join(' ')}.`);
    written += length;
  }
  return parts.join('<br /><br />');
}

/** A journal of so many posts, two in three of them fics of about 1,000 words. */
export function manyPosts(count: number): Post[] {
  return Array.from({ length: count }, (_, index): Post => {
    const itemid = index + 1;
    const day = new Date(Date.UTC(2004, 0, 1, 12) + index * 36 * 3600_000).toISOString().slice(0, 16);
    const fic = itemid % 3 !== 0;
    const header = `<b>Title:</b> Story ${itemid}<br /><b>Fandom:</b> The Glasshouse Line<br /><b>Pairing:</b> Odile/Bram<br /><b>Rating:</b> PG<br /><b>Summary:</b> One of many.<br /><br />`;
    return {
      itemid,
      anum: (itemid * 37) % 256,
      style: 'modern',
      subject: fic ? `Fic: Story ${itemid}` : `Day ${itemid}`,
      at: day,
      tags: fic ? ['fic', 'fandom: the glasshouse line'] : ['real life'],
      body: fic ? header + story(1000, itemid) : story(60, itemid),
      is: fic ? 'fic' : 'other',
    };
  });
}

/** A modern page blown up by script to about so many bytes. */
export function modernPage(bytes: number): Buffer {
  const place = {
    scheme: 'https',
    host: 'examplejournal.livejournal.com',
    www: 'www.livejournal.com',
    journal: 'examplejournal',
  };
  const [post] = manyPosts(1) as [Post];
  const page = drawEntry(place, post, post.body);
  const filler = `<script>/*${' lj'.repeat(Math.max(0, Math.ceil((bytes - page.length) / 3)))}*/</script>`;
  return Buffer.from(page.replace('</head>', `${filler}</head>`));
}
