/** Real pages, where they are at hand: one LiveJournal entry of 2026, and a journal on a running Dreamwidth in nine layouts. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { entryOf, filesIn, hasShared, plain, readFile, readText, shared, sites } from './reading.js';

const there = hasShared('pages');

describe.skipIf(!there)('a modern LiveJournal page', () => {
  const path = shared('pages/livejournal/entry-modern.html');
  const go = 'https://www.livejournal.com/go.bml?journal=examplejournal&itemid=23456&dir=';

  it.each(['https://examplejournal.livejournal.com/23456.html?format=light', ''])('asked for at "%s"', (url) => {
    const { body, ...facts } = entryOf(readFile(path, url));
    expect(facts).toEqual({
      site: 'livejournal',
      journal: 'examplejournal',
      number: 23456,
      url: 'https://examplejournal.livejournal.com/23456.html',
      subject: 'The Lamp Room',
      poster: 'examplejournal',
      postedAt: '2012-01-20T13:21:00',
      tags: ['character: mark sloan', 'character: alex karev', 'pairing: mark/alex', "fandom: grey's anatomy"],
      mood: 'tired',
      music: 'the kettle',
      security: 'public',
      previous: `${go}prev`,
      next: `${go}next`,
      layout: 'lj-modern',
    });
    expect(plain(body.html)).toMatch(/^Title: The Lamp Room .* The End$/);
    expect(body.html).not.toMatch(/Like|ljsale|another post/);
  });

  it('reads the same with the page’s script cut away but for what is printed', () => {
    const printed = readFileSync(path, 'utf8').replace(/Site\.entry = .*/, '');
    expect(entryOf(readText(printed))).toMatchObject({
      subject: 'The Lamp Room',
      poster: 'examplejournal',
      postedAt: '2012-01-20T13:21:00',
      security: 'unknown',
    });
  });

  it('that breaks off in the story is unreadable', () => {
    const html = readFileSync(path, 'utf8');
    const reading = readText(
      html.slice(0, html.indexOf('Nobody did')),
      'https://examplejournal.livejournal.com/23456.html',
    );
    expect(reading).toEqual({ kind: 'unreadable', reason: 'the page breaks off in the middle of the entry' });
  });

  it('that is locked comes with status 200', () => {
    expect(
      readFile(shared('pages/livejournal/friends-locked.html'), 'https://examplejournal.livejournal.com/34567.html'),
    ).toMatchObject({ kind: 'locked' });
  });
});

describe.skipIf(!there)('a journal on Dreamwidth', () => {
  const rows = there
    ? readFileSync(shared('pages/dreamwidth/journal/chain.tsv'), 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split('\t') as [date: string, file: string, number: string, url: string, security: string])
    : [];

  it('has 45 entries', () => expect(rows).toHaveLength(45));

  it.each(rows)('%s %s', (date, file, number, url, security) => {
    const status = security === 'public' ? 200 : 403;
    const reading = readFile(shared(`pages/dreamwidth/journal/${file}`), url, status);
    if (security === 'friends' || security === 'private') {
      expect(reading.kind).toBe('locked');
      // a saved file has no status to go by
      expect(readFile(shared(`pages/dreamwidth/journal/${file}`)).kind).toBe('locked');
      return;
    }
    if (file === 'explicit.html' || file === 'concepts.html') {
      expect(reading).toMatchObject({
        kind: 'gate',
        gate: {
          action: `http://www.dw.test/journal/adult_${file.replace('.html', '')}`,
          fields: {
            ret: url,
            journalid: '2',
            entryid: number,
            adult_check: expect.stringMatching(/^Yes/),
            lj_form_auth: expect.any(String),
          },
        },
      });
      return;
    }
    const go = `http://www.dw.test/go?journal=testfic&itemid=${number}&dir=`;
    const entry = entryOf(reading);
    expect(entry).toMatchObject({
      site: 'dreamwidth',
      journal: 'testfic',
      number: Number(number),
      url,
      poster: 'testfic',
      postedAt: `${date.replace(' ', 'T')}:00`,
      security: 'public',
      previous: `${go}prev`,
      next: `${go}next`,
      layout: 'dw-core2',
    });
    expect(entry.subject === undefined).toBe(file === 'nosubject.html');
    expect(plain(entry.body.html)).not.toMatch(/Tags:|Add Memory|Reply|Powered by/);
    expect(entryOf(readFile(shared(`pages/dreamwidth/journal/${file}`)))).toEqual(entry);
  });

  it('shows what the page says of mood, music and place', () => {
    expect(entryOf(readFile(shared('pages/dreamwidth/journal/intro.html')))).toMatchObject({
      mood: 'cheerful',
      music: 'the kettle',
    });
    expect(entryOf(readFile(shared('pages/dreamwidth/journal/rl1.html')))).toMatchObject({ location: 'the kitchen' });
  });

  it('keeps a tag with a slash', () => {
    expect(entryOf(readFile(shared('pages/dreamwidth/journal/plainlines.html'))).tags).toEqual([
      'fandom: harbour lights',
      'fic',
      'pairing: maren/tobiah',
      'rating: pg',
    ]);
  });

  const layouts = there
    ? ['_light', '_site', 'ciel', 'core2base', 'database', 'drifting', 'negatives', 'summertime', 'zesty']
    : [];
  it.each(['entry', 'entry_broken', 'entry_nosubject', 'entry_table', 'entry_unicode'])(
    '%s reads the same in nine layouts',
    (page) => {
      const read = layouts.map((layout) => {
        const { subject, poster, postedAt, tags, previous, next, url, body } = entryOf(
          readFile(shared(`pages/dreamwidth/layouts/${layout}/${page}.html`)),
        );
        return { subject, poster, postedAt, tags: [...tags].sort(), previous, next, url, text: plain(body.html) };
      });
      expect(read).toHaveLength(9);
      expect(read[0]?.text.length).toBeGreaterThan(200);
      for (const other of read) expect(other).toEqual(read[0]);
    },
  );

  it.each(layouts)('lists its entries in %s', (layout) => {
    const list = (file: string, url: string) => readFile(shared(`pages/dreamwidth/layouts/${layout}/${file}`), url);
    const tide = ['2476', '2748', '3018'].map((number) => `http://testfic.dw.test/${number}.html`);
    expect(list('month200410.html', 'http://testfic.dw.test/2004/10/')).toEqual({ kind: 'list', entries: tide });
    const recent = list('recent.html', 'http://testfic.dw.test/?style=mine');
    expect(recent.kind === 'list' && recent.entries.slice(0, 3)).toEqual([
      'http://testfic.dw.test/11308.html',
      'http://testfic.dw.test/2011/06/30/named-address.html',
      'http://testfic.dw.test/10763.html',
    ]);
    expect(recent.kind === 'list' && recent.entries.length).toBe(layout === 'zesty' ? 10 : 20);
    expect(list('tags.html', 'http://testfic.dw.test/tag/').kind).toBe('unreadable');
  });

  it('ends, and says so', () => {
    expect(
      readFile(
        shared('pages/dreamwidth/go/last_next.html'),
        'http://www.dw.test/go?journal=testfic&itemid=11308&dir=next',
      ),
    ).toEqual({ kind: 'end' });
    expect(readFile(shared('pages/dreamwidth/go/first_prev.html'))).toEqual({ kind: 'end' });
  });

  it.each([
    ['limits/429.html', 429, 'banned'],
    ['limits/429.html', 200, 'banned'],
    ['limits/captcha.html', 200, 'banned'],
    ['login/locked-403.html', 403, 'locked'],
    ['login/locked-403.html', 200, 'locked'],
    ['login/login.html', 200, 'locked'],
    ['gate/explicit_after.html', 200, 'entry'],
  ])('%s with status %i is %s', (file, status, kind) => {
    expect(readFile(shared(`pages/dreamwidth/${file}`), 'http://testfic.dw.test/6194.html', status).kind).toBe(kind);
  });

  it('reads every saved page, whatever it is', () => {
    for (const path of ['dreamwidth', 'dreamwidth/journal', 'dreamwidth/limits'].flatMap((folder) =>
      filesIn(`pages/${folder}`),
    )) {
      expect(readFile(shared(path)).kind, path).toMatch(/^(entry|locked|gate|banned)$/);
    }
    expect(sites.site('dreamwidth').pause).toBe(2.2);
  });
});
