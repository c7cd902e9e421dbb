/** A community as its pages show it, read: who posted, who wrote, what is a story, and what works come of it. */
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { readFic } from '../../src/fic/index.js';
import { readPage, Sites } from '../../src/journal/index.js';
import type { Entry } from '../../src/model.js';
import { peopleIn } from '../../src/people/index.js';
import { planWorks, recordOfEntry } from '../../src/works/index.js';
import { community } from './community.js';
import { drawEntry, entryUrl } from './pages.js';
import { numberOf } from './posts.js';

const config = loadConfig();
const sites = new Sites(config);
const place = {
  scheme: 'https',
  host: 'harbour-lights.livejournal.com',
  www: 'www.livejournal.com',
  journal: 'harbour_lights',
};
const made = community();

const read = made.posts.map((post) => {
  const url = entryUrl(place, numberOf(post));
  const body = new TextEncoder().encode(drawEntry(place, post, post.body));
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  const reading = readPage(sites, {
    url,
    status: 200,
    headers,
    body,
  });
  if (reading.kind !== 'entry') throw new Error(`${post.subject} is ${reading.kind}`);
  return { post, entry: reading.entry as Entry, fic: readFic(reading.entry, config) };
});

describe('posts of a community', () => {
  it('are its own, by who posted them; a purged account is nobody', () => {
    // A page that names the community alone is read as that; who is behind it only the whole journal tells.
    const wrong = read.filter(
      ({ post, entry }) => entry.journal !== place.journal || entry.poster !== (post.poster ?? place.journal),
    );
    expect(wrong.map(({ post, entry }) => [post.subject, post.style, post.poster, entry.poster])).toEqual([]);
  });

  it('are stories where they are, and the moderators’ rules, lists and forms are none', () => {
    const wrong = read.filter(({ post, fic }) => fic.kind !== post.is);
    expect(wrong.map(({ post, fic }) => [post.subject, post.style, fic.kind, fic.evidence.kind?.raw])).toEqual([]);
    expect(made.others.length).toBe(38);
  });
});

describe('its works', () => {
  const records = read.map(({ entry, fic }) =>
    recordOfEntry(entry, fic, { restricted: false }, () => undefined, config),
  );
  const { works, leftOut } = planWorks(records, {}, config);
  const keyOf = (itemid: number) =>
    `livejournal/harbour_lights/${numberOf(made.posts[itemid - 1] as (typeof made.posts)[number])}`;
  const lower = (names: readonly string[]) => names.map((name) => name.toLowerCase());

  it('are each by who wrote it, with its parts, and nothing else', () => {
    const found = works.map(({ title, authors, header, chapters }) => [
      title,
      lower(authors),
      header.rating,
      chapters.map(({ entry }) => entry),
    ]);
    const wanted = made.works.map(({ title, authors, rating, parts }) => [
      title,
      lower(authors),
      rating,
      parts.map(keyOf),
    ]);
    expect(found).toEqual(wanted);
    expect(leftOut.map(({ entry }) => entry)).toEqual(made.others.map(keyOf));
  });

  it('are a community’s, with who posted each chapter', () => {
    expect(works.every(({ community: is }) => is)).toBe(true);
    expect(works.map(({ chapters }) => chapters[0]?.poster)).toEqual(made.works.map(({ poster }) => poster));
  });

  it('are nobody’s where neither page nor header names anybody, and it is asked', () => {
    const record = records.find(({ entry, kind }) => kind === 'fic' && entry.poster === place.journal);
    if (!record) throw new Error('no purged account');
    const { authors: _, ...header } = record.header;
    const plan = planWorks([{ ...record, header }, ...records.filter((one) => one !== record)], {}, config);
    const work = plan.works.find(({ chapters }) => chapters[0]?.url === record.entry.url);
    expect(work?.authors).toEqual([]);
    const text = `Who wrote ${record.entry.url}, whose page names nobody?`;
    expect(work?.questions).toContainEqual({ field: 'authors', text });
  });

  it('are of forty people', () => {
    const people = peopleIn(works, (account) => account);
    expect(people).toHaveLength(40);
    const ivy = people.find(({ author }) => author === 'Ivy Quill');
    expect([ivy?.works, ivy?.journals, ivy?.postedBy]).toEqual([
      made.works.filter(({ authors }) => authors.includes('Ivy Quill')).length,
      [],
      ['lamp_keeper'],
    ]);
  });
});
