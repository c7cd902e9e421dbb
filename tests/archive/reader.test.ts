/** Each quirk of how the archive reads a fetched page, as one page made by hand. */
import { describe, expect, it } from 'vitest';
import { ImportFailure, readDate } from './dates.js';
import type { ReadOptions } from './labels.js';
import { importPages, type Page, readerOf, readPage } from './reader.js';

const UTF8 = '<meta charset="utf-8">';
const read = (page: string | Uint8Array, options?: ReadOptions): Page =>
  readPage(typeof page === 'string' ? Buffer.from(page) : page, options);
/** A page of a few lines of text. */
const lines = (...text: string[]) => read(`<html><head>${UTF8}</head><body>\n${text.join('\n')}\n</body></html>`);

describe('which reader', () => {
  it('is told by a name anywhere in the address', () => {
    expect(readerOf('https://a.livejournal.com/1.html')).toBe('journal');
    expect(readerOf('https://example.org/x?from=http://www.INSANEJOURNAL.com/')).toBe('journal');
    expect(readerOf('https://example.org/deadjournal.com/1.html')).toBe('journal');
    expect(readerOf('http://journalfen.net/users/a/1.html')).toBe('journal');
    expect(readerOf('https://example.org/a-dreamwidth.org-fic/')).toBe('dreamwidth');
    expect(readerOf('https://example.org/livejournal/1.html')).toBe('unknown');
    expect(readerOf('https://a.journal.com/')).toBe('unknown');
  });
});

describe('the text', () => {
  it('is what stands in .chapter-content', () => {
    const page = `<html><head>${UTF8}<title>Head</title></head><body><p>Before</p><div class="chapter-content"><p>Text</p></div></body></html>`;
    expect(read(page).content).toBe('<p>Text</p>');
  });

  it('is else the whole page, with its title in it', () => {
    const page = `<html><head>${UTF8}<title>Head</title></head><body><p>Text</p></body></html>`;
    expect(read(page).content).toContain('Head');
    expect(read(page).content).toContain('<p>Text</p>');
  });

  it('keeps the header block that stands in it', () => {
    const page = `${UTF8}<div class="chapter-content"><p>Title: A</p><p>Text</p></div>`;
    expect(read(page)).toMatchObject({ title: 'A', content: '<p>Title: A</p><p>Text</p>' });
  });
});

describe('the charset', () => {
  const page = (head: string) => Buffer.from(`<html><head>${head}</head><body><div class="chapter-content">Café</div>`);

  it('is what the page itself says', () => {
    expect(read(page(UTF8)).content).toBe('Café');
    expect(read(page('<meta http-equiv="Content-Type" content="text/html; charset=utf-8">')).content).toBe('Café');
  });

  it('is else Windows-1252, byte order mark or not', () => {
    expect(read(page('')).content).toBe('CafÃ©');
    expect(read(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), page('')])).content).toBe('CafÃ©');
  });

  it('is the form’s where that says one', () => {
    expect(read(page(''), { encoding: 'UTF-8' }).content).toBe('Café');
  });
});

describe('labels', () => {
  it('are looked for in comments too', () => {
    expect(read(`<!-- Title: Hidden\n-->${UTF8}<title>Shown</title>`).title).toBe('Hidden');
  });

  it('know no case and no beginning, and the first hit counts', () => {
    expect(lines('SUBTITLE: Not this', 'Title: This')).toMatchObject({ title: 'Not this' });
    expect(lines('Footnote: one', 'Notes: two').notes).toBe('one');
    expect(lines('Candidate: 2001-02-03', 'Date: 2004-05-06').date).toBe('2001-02-03');
    expect(lines('Chapter Title: Prologue', 'Title: The Whole').title).toBe('Prologue');
    expect(lines('Title: The Whole', 'Chapter Title: Prologue')).toMatchObject({
      title: 'The Whole',
      chapterTitle: 'Prologue',
    });
  });

  it('go on to the line’s end, <br or <p in small letters', () => {
    expect(lines('Summary: one<br>two').summary).toBe('one');
    expect(lines('Summary: one<p>two').summary).toBe('one');
    expect(lines('Summary: one<BR>two').summary).toBe('one<br>two');
    expect(lines('Title: one', 'two').title).toBe('one');
  });

  it('that are blank stop what stands further down', () => {
    expect(lines('Notes:', 'She said: note: this is no note').notes).toBe('');
    expect(lines('She said: note: this is no note').notes).toBe('this is no note');
  });

  it('have these names', () => {
    for (const word of ['Date', 'Posted', 'Posted on', 'Posted at'])
      expect(lines(`${word}: 2001-02-03`).date, word).toBe('2001-02-03');
    for (const word of ['Note', 'Notes']) expect(lines(`${word}: x`).notes, word).toBe('x');
    for (const word of ['Tag', 'Tags']) expect(lines(`${word}: x`).tags, word).toEqual(['x']);
    for (const word of ['Fandom', 'Fandoms']) expect(lines(`${word}: x`).fandoms, word).toEqual(['x']);
    for (const word of ['Warning', 'Warnings']) expect(lines(`${word}: x`).warnings, word).toEqual(['x']);
    for (const word of ['Relationship', 'Pairing', 'Pairings'])
      expect(lines(`${word}: a/b`).relationships, word).toEqual(['a/b']);
    for (const word of ['Character', 'Characters']) expect(lines(`${word}: x`).characters, word).toEqual(['x']);
    for (const word of ['Rating', 'Ratings']) expect(lines(`${word}: G`).rating, word).toBe('General Audiences');
  });

  it('have no other names', () => {
    expect(lines('Relationships: a/b', 'Pairing(s): a/b').relationships).toEqual([]);
    expect(lines('Character(s): x').characters).toEqual([]);
    expect(lines('A/N: x').notes).toBe('');
    expect(lines('Published: 2001-02-03', 'Updated: 2001-02-03').date).toBe('');
    expect(lines('Title\u00a0: x').title).toBe('');
  });

  it('of tags and notes are left alone where the form says so', () => {
    const page = 'Title: A\nSummary: B\nDate: 2001-02-03\nNotes: C\nFandom: D\nRating: G\n';
    expect(read(page, { detect: false })).toMatchObject({
      title: 'A',
      summary: 'B',
      date: '2001-02-03',
      notes: '',
      fandoms: [],
    });
    expect(read(page, { detect: false }).rating).toBeUndefined();
  });

  it('lose what is not ASCII in title, summary and notes', () => {
    const page = lines('Title: Café', 'Summary: Café', 'Notes: Café', 'Tags: Café', 'Characters: Café');
    expect(page).toMatchObject({ title: 'Caf', summary: 'Caf', notes: 'Caf', tags: ['Café'], characters: ['Café'] });
    expect(lines('Title: Caf&#233;', 'Summary: Caf&#233;')).toMatchObject({ title: 'Café', summary: 'Café' });
  });

  it('give way to the page’s own title where there is none of that name, not where it is blank', () => {
    expect(read(`${UTF8}<title>Café</title>`).title).toBe('Café');
    expect(importPages([Buffer.from(`<!--\nTitle:\n-->${UTF8}<title>Café</title>`)]).title).toBe(
      'Untitled Imported Work',
    );
  });

  it('of tags fall apart at commas of three kinds', () => {
    expect(lines('Tags: a, b，c、d').tags).toEqual(['a', 'b', 'c', 'd']);
    expect(lines(`Tags: ${'x'.repeat(151)}`).tags).toEqual(['x'.repeat(150)]);
  });
});

describe('ratings', () => {
  it.each([
    ['NC-17', 'Explicit'],
    ['nc18', 'Explicit'],
    ['X', 'Explicit'],
    ['Explicit', 'Explicit'],
    ['MA', 'Explicit'],
    ['Mature', 'Explicit'],
    ['M', 'Mature'],
    ['R', 'Mature'],
    ['PG-13', 'Teen And Up Audiences'],
    ['PG15', 'Teen And Up Audiences'],
    ['Teen', 'Teen And Up Audiences'],
    ['PG', 'General Audiences'],
    ['G', 'General Audiences'],
    ['K+', 'General Audiences'],
    ['FRAO', 'Not Rated'],
    ['', 'Not Rated'],
  ])('go by their beginning: "%s" is %s', (said, rating) => {
    expect(lines(`Rating: ${said}`).rating).toBe(rating);
  });
});

describe('warnings', () => {
  it('that are not spelt as the archive spells them become tags', () => {
    const page = Buffer.from('Tags: Angst\nWarnings: Major Character Death, None, major character death\n');
    expect(importPages([page])).toMatchObject({
      warnings: ['Major Character Death'],
      tags: ['Angst', 'None', 'major character death'],
    });
  });
});

describe('dates', () => {
  it.each([
    ['2009-05-06', '2009-05-06'],
    ['2009/5/6', '2009-05-06'],
    ['05/06/2009', '2009-06-05'],
    ['5.6.2009', '2009-06-05'],
    ['05/13/2009', ''],
    ['May 6th, 2009', '2009-05-06'],
    ['6 May 2009, 21:30', '2009-05-06'],
    ['May 2009', '2009-05-01'],
    ['09-05-06', '2009-05-06'],
    ['2009-02-30', ''],
    ['2030-01-01', ''],
    ['last summer', ''],
    ['', ''],
  ])('"%s" is "%s"', (said, date) => {
    expect(readDate(said, '2026-08-22')).toBe(date);
  });

  it('of digits alone make the import fail', () => {
    expect(() => readDate('20090506', '2026-08-22')).toThrow(ImportFailure);
  });
});

describe('pages of one work', () => {
  const page = (labels: string) =>
    Buffer.from(`<!--\n${labels}\n-->${UTF8}<div class="chapter-content"><p>T</p></div>`);

  it('give the work on the first page, and their chapter on the others', () => {
    const work = importPages([
      page('Title: A\nSummary: S1\nNotes: N1\nFandom: F1\nDate: 2009-01-01'),
      page('Chapter Title: Two\nSummary: S2\nNotes: N2\nFandom: F2\nDate: 2009-03-01'),
      page('Title: Three\nDate: 2009-02-01'),
    ]);
    expect(work).toMatchObject({ title: 'A', summary: 'S1', notes: 'N1', fandoms: ['F1'] });
    expect(work.chapters.map(({ content: _, ...rest }) => rest)).toEqual([
      { title: '', summary: '', notes: '', date: '2009-01-01' },
      { title: 'Two', summary: 'S2', notes: 'N2', date: '2009-03-01' },
      { title: 'Three', summary: '', notes: '', date: '2009-02-01' },
    ]);
    // Not the newest, the last.
    expect(work.date).toBe('2009-02-01');
  });
});

describe('a journal’s page', () => {
  it('of LiveJournal’s kind has its own places', () => {
    const page = `${UTF8}<title>somebody: The Lamp</title><time class="b-singlepost-author-date">May 6 2009, 21:30</time>
<p>Title: Outside</p><article class="b-singlepost-body">Rating: R<br>Fandom: Keepers<br><br>The lamp.</article>`;
    expect(read(page, { address: 'https://somebody.livejournal.com/1.html' })).toMatchObject({
      title: 'The Lamp',
      date: '2009-05-06',
      rating: 'Mature',
      fandoms: ['Keepers'],
      content: '<p>Rating: R<br>Fandom: Keepers</p><p>The lamp.</p>',
    });
  });

  it('of LiveJournal’s newer looks, too', () => {
    const page = `${UTF8}<title>The Lamp</title><p class="aentry-head__date"><time>2009-05-06</time></p><div class="aentry-post__text"><p>The lamp.</p></div>`;
    expect(read(page, { address: 'https://somebody.livejournal.com/1.html' })).toMatchObject({
      title: 'The Lamp',
      date: '2009-05-06',
      content: '<p>The lamp.</p>',
    });
  });

  it('of Dreamwidth has others', () => {
    const page = `${UTF8}<title>somebody: The Lamp</title><span class="date">May. 6th, 2009</span>
<div class="contents"><div class="currents">Mood: calm</div><div class="header inner">Head</div><p>The lamp.</p></div>`;
    expect(read(page, { address: 'https://somebody.dreamwidth.org/1.html' })).toMatchObject({
      title: 'The Lamp',
      date: '2009-05-06',
      content: '<p>The lamp.</p>',
    });
  });
});
