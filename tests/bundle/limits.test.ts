import { describe, expect, it } from 'vitest';
import { checkWorks } from '../../src/bundle/index.js';
import type { Work } from '../../src/model.js';
import { archive, chapter, config, work } from './works.js';

const check = (one: Work, html = '<p>A text of some length.</p>') => checkWorks([one], async () => ({ html }), config);
const tags = (more: Partial<Work['archive']>) => work({ archive: { ...work().archive, ...more } });

describe('limits', () => {
  it('let a sound work pass', async () => {
    expect(await check(work())).toEqual([]);
  });

  it('name work, field and what to do', async () => {
    const [misfit, ...others] = await check(work({ title: 'é'.repeat(256) }));
    expect(others).toEqual([]);
    expect(misfit).toMatchObject({ work: 'the-lighthouse', field: 'title', kind: 'limit' });
    expect(misfit?.message).toContain('the title is 256 characters long; the archive takes 255 characters.');
    expect(misfit?.advice).toContain('decisions.yaml');
  });

  it('count characters, not units', async () => {
    expect(await check(work({ title: '😀'.repeat(255) }))).toEqual([]);
  });

  it('count summary and notes as the HTML they become', async () => {
    // <p>…</p> are 7 characters, & becomes &amp;
    expect(await check(work({ summary: `${'a'.repeat(1_238)}&` }))).toEqual([]);
    expect(await check(work({ summary: `${'a'.repeat(1_239)}&` }))).toMatchObject([
      { field: 'summary', kind: 'limit' },
    ]);
    expect(await check(work({ notes: 'a'.repeat(4_993) }))).toEqual([]);
    expect(await check(work({ notes: 'a'.repeat(4_994) }))).toMatchObject([{ field: 'notes' }]);
    expect(await check(work({ endNotes: 'a'.repeat(4_994) }))).toMatchObject([{ field: 'endNotes' }]);
  });

  it('look at each chapter’s fields', async () => {
    const one = work({ chapters: [chapter(1), chapter(2, { summary: 'a'.repeat(1_300), title: 'b'.repeat(256) })] });
    expect(await check(one)).toMatchObject([
      { field: 'summary', chapter: 2 },
      { field: 'title', chapter: 2 },
    ]);
  });

  it('know what no tag may hold or exceed', async () => {
    expect(await check(tags({ additionalTags: ['a'.repeat(150)] }))).toEqual([]);
    expect(await check(tags({ additionalTags: ['a'.repeat(151)] }))).toMatchObject([{ field: 'additionalTags' }]);
    for (const char of [',', '，', '、', '^', '*', '<', '>', '{', '}', '=', '`', '\\', '%']) {
      expect(await check(tags({ characters: [`a${char}b`] })), char).toMatchObject([
        { field: 'characters', kind: 'limit' },
      ]);
    }
  });

  it('count all tags of a work together', async () => {
    // 1 fandom, 1 relationship, 2 characters
    const many = (count: number) =>
      tags({ additionalTags: Array.from({ length: count }, (_, index) => `tag ${index}`) });
    expect(await check(many(71))).toEqual([]);
    expect(await check(many(72))).toMatchObject([{ field: 'additionalTags', kind: 'limit' }]);
  });

  it('miss what is needed', async () => {
    const bare = { ...tags({ fandoms: [], rating: 'R', warnings: [] }), title: ' ', language: 'xx' };
    expect((await check(bare)).map((one) => [one.field, one.kind])).toEqual([
      ['title', 'missing'],
      ['fandoms', 'missing'],
      ['rating', 'missing'],
      ['warnings', 'missing'],
      ['language', 'missing'],
    ]);
    expect(await check(tags({ warnings: ['None'], categories: ['M/M/M'] }))).toMatchObject([
      { field: 'warnings' },
      { field: 'categories' },
    ]);
  });

  it('bound the text of each chapter', async () => {
    expect(await check(work(), '')).toMatchObject([{ field: 'text', chapter: 1 }]);
    expect(await check(work(), 'a'.repeat(9))).toMatchObject([{ field: 'text' }]);
    expect(await check(work(), 'a'.repeat(10))).toEqual([]);
    expect(await check(work(), 'a'.repeat(510_000))).toEqual([]);
    expect(await check(work(), 'a'.repeat(510_001))).toMatchObject([{ field: 'text', kind: 'limit' }]);
  });

  it('take 199 chapters and no more', async () => {
    const many = (count: number) =>
      work({ chapters: Array.from({ length: count }, (_, index) => ({ ...chapter(1), position: index + 1 })) });
    expect(archive.limits.chapters).toBe(199);
    expect(await check(many(199))).toEqual([]);
    expect(await check(many(200))).toMatchObject([{ field: 'chapters', kind: 'limit' }]);
  });
});
