import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { leftOutCsv } from '../../src/bundle/csv.js';
import { chapterMarkdown } from '../../src/bundle/markdown.js';
import { chapterNumber, slugTrouble, withPaths } from '../../src/bundle/names.js';
import type { Work } from '../../src/model.js';
import { externalName, itemOf } from '../../src/targets/otwarchive.js';
import { hasPyYaml } from '../outside.js';
import { archive, longWork, work } from './works.js';

describe('names of files', () => {
  it('number chapters so that they sort', () => {
    expect(chapterNumber(1, 1)).toBe('01');
    expect(chapterNumber(99, 99)).toBe('99');
    expect(chapterNumber(7, 120)).toBe('007');
  });

  it('refuse what an importer would trip over', () => {
    expect(slugTrouble('the-lighthouse', archive)).toBeUndefined();
    expect(slugTrouble('a'.repeat(60), archive)).toBeUndefined();
    expect(slugTrouble('a'.repeat(61), archive)).toContain('60');
    expect(slugTrouble('my-livejournal-days', archive)).toContain('livejournal');
    for (const slug of ['', 'Ä', 'a b', '../a', 'a/b', 'a.html', 'A', '-a', 'a--b']) {
      expect(slugTrouble(slug, archive), slug).toContain('ASCII');
    }
  });

  it('give a restricted work no page', () => {
    expect(withPaths(work()).chapters[0]).toMatchObject({
      markdown: 'works/the-lighthouse/01.md',
      page: 'pages/the-lighthouse/01.html',
    });
    expect(withPaths(work({ restricted: true })).chapters[0]).not.toHaveProperty('page');
  });
});

describe('Markdown', () => {
  it('is written like this', () => {
    expect(chapterMarkdown(longWork({ restricted: true, notes: 'no' }), 2, 'The *end*.\n')).toBe(`---
title: A Long Way
authors:
  - somebody
chapter: 3
chapters: 3
chapterTitle: "Home: at last"
posted: "2009-05-03T21:30:00"
published: "2009-05-01"
updated: "2009-05-03"
fandoms:
  - "Star Trek: The Original Series"
relationships:
  - Nyota Uhura/Montgomery "Scotty" Scott
characters:
  - Nyota Uhura
  - Montgomery "Scotty" Scott
rating: Mature
warnings:
  - Choose Not To Use Archive Warnings
categories:
  - F/M
tags:
  - Angst
  - Café
language: en
complete: true
words: 12
wordsOfWork: 12
summary: Two keepers & one lamp.
notes: "no"
chapterSummary: They arrive.
chapterNotes: Done.
restricted: true
source: https://somebody.livejournal.com/775.html
entry: livejournal/somebody/775
---

The *end*.
`);
  });

  it('keeps every text through YAML and back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ minLength: 1 }), (title, summary) => {
        const file = chapterMarkdown(work({ title, summary: `${summary}\n\nno: #1 - "x"\n` }), 0, 'Text.');
        const yaml = file.slice(4, file.indexOf('\n---\n', 4) + 1);
        const said = { title, summary: `${summary}\n\nno: #1 - "x"\n` };
        expect(parse(yaml)).toMatchObject(said);
        expect(load(yaml)).toMatchObject(said);
      }),
    );
  });
});

/** Titles that some reader of YAML has taken for something else, or choked on. */
const NASTY = [
  ...'no Yes on ~ null y N true 12:30 1_000 0x1F 0o17 017 1e3 .inf .5 +1 1. = << 2009-05-01 2001-12-14t21:59:43.10-05:00 --- ... - ? : | > "'.split(
    ' ',
  ),
  '- a',
  '? a',
  ': a',
  'a: b',
  'a:',
  'a #b',
  '#a',
  '%a',
  '@a',
  '`a`',
  '&a',
  '*a*',
  '!a',
  '!!str x',
  '[a]',
  '{a: b}',
  '"a"',
  "'a'",
  'a\nb',
  '\n a',
  'a\n\n',
  'a\n---\nb',
  'a\n\tb\n  c\n\n#d',
  '  a  ',
  'a\tb',
  'a\\',
  'a"b\\',
  'a\u0085b',
  'a\u2028b',
  '\u00a0a',
  'a\u0007b\u007f\u009f',
  '\ufeffa\uffff',
  '😀 é 日本',
  'a\r\nb',
  `${'x'.repeat(300)} y\n${'word '.repeat(100)}`,
];
const frontMatterOf = (title: string) => {
  const file = chapterMarkdown(work({ title, authors: [title], summary: title }), 0, 'Text.');
  return file.slice(4, file.indexOf('\n---\n\nText.') + 1);
};

describe('front matter', () => {
  it('is read by another parser, by YAML 1.2', () => {
    for (const title of NASTY) {
      expect(load(frontMatterOf(title)), JSON.stringify(title)).toMatchObject({
        title,
        authors: [title],
        summary: title,
      });
    }
  });

  it('is read by a parser of YAML 1.1', () => {
    if (!hasPyYaml()) return;
    const script = 'import json, sys, yaml; print(json.dumps([yaml.safe_load(one) for one in json.load(sys.stdin)]))';
    const input = JSON.stringify(NASTY.map(frontMatterOf));
    const read = JSON.parse(execFileSync('python3', ['-c', script], { input, encoding: 'utf8' }));
    expect(read).toMatchObject(NASTY.map((title) => ({ title, authors: [title], summary: title })));
  });

  it('stands in one order', () => {
    const order = (one: Work, index = 0) =>
      Object.keys(load(chapterMarkdown(one, index, '').split(/^---$/m)[1] as string) as object);
    const all = order(longWork({ restricted: true }), 2);
    expect(order(work())).toEqual(order(work({ title: 'no' })));
    // What a work lacks leaves no hole in another order.
    expect(all.filter((name) => order(work()).includes(name))).toEqual(
      order(work()).filter((name) => all.includes(name)),
    );
  });
});

describe('items for the archive’s API', () => {
  it('are written like this', () => {
    expect(itemOf(withPaths(longWork({ notes: undefined, authors: ['Зоя Ёж', 'bob+ö_1'] })), archive)).toEqual({
      id: 'long-way',
      title: 'A Long Way',
      summary: '<p>Two keepers &amp; one lamp.</p>',
      fandoms: ['Star Trek: The Original Series'],
      rating: 'Mature',
      warnings: ['Choose Not To Use Archive Warnings'],
      categories: ['F/M'],
      relationships: ['Nyota Uhura/Montgomery "Scotty" Scott'],
      characters: ['Nyota Uhura', 'Montgomery "Scotty" Scott'],
      additional_tags: ['Angst', 'Café'],
      language_code: 'en',
      external_author_name: 'Zoya Yozh',
      external_coauthor_name: 'bobo_1',
      chapter_urls: ['data/pages/long-way/01.html', 'data/pages/long-way/02.html', 'data/pages/long-way/03.html'],
      encoding: 'UTF-8',
      detect_tags: false,
      override_tags: true,
    });
  });

  it('keep of a name what the API keeps', () => {
    expect(externalName('Åsa Öberg', archive)).toBe('Asa Oberg');
    expect(externalName('a.b-c_d@e', archive)).toBe('a.b-c_d@e');
    expect(externalName('日本', archive)).toBe('');
    expect(itemOf(withPaths(work({ authors: ['日本'] })), archive)).not.toHaveProperty('external_author_name');
  });
});

describe('left-out.csv', () => {
  it('is RFC 4180, with formulas made harmless', () => {
    const csv = leftOutCsv([
      {
        entry: 'livejournal/somebody/263',
        url: 'https://somebody.livejournal.com/263.html',
        subject: '=1+1, "x"',
        reason: 'other',
        detail: 'a\nb',
      },
      { entry: '+1', url: '-u', subject: '@s', postedAt: '2009-01-01T00:00:00', reason: 'locked', detail: 'plain' },
    ]);
    expect(csv).toBe(
      'entry,url,subject,postedAt,reason,detail\r\n' +
        'livejournal/somebody/263,https://somebody.livejournal.com/263.html,"\'=1+1, ""x""",,other,"a\nb"\r\n' +
        "'+1,'-u,'@s,2009-01-01T00:00:00,locked,plain\r\n",
    );
  });

  it('is a header line where nothing was left out', () => {
    expect(leftOutCsv([])).toBe('entry,url,subject,postedAt,reason,detail\r\n');
  });
});
