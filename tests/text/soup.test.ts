import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { cleanHtml, type Line, linesOf, textOf, toHtml, toMarkdown, withoutLines } from '../../src/text/index.js';
import { refused } from './allowed.js';
import { canonical } from './canonical.js';
import { hostileSoup, plainWords, shownText, soup } from './soup.js';

/** The round trip is asked for over so many documents; SOUP_RUNS=100000 looks longer. */
const RUNS = { numRuns: Number(process.env.SOUP_RUNS ?? 10_000) };
const FEWER = { numRuns: RUNS.numRuns / 5 };
const LONG = 600_000;
const { pictureRules } = loadConfig();
const renderer = new MarkdownIt({ html: true });

describe('whatever the soup', () => {
  // One property and not four: the cleaning is shared.
  it(
    'its words stay, what is clean stays clean, the archive takes it, and its Markdown shows the same',
    () => {
      fc.assert(
        fc.property(soup, (html) => {
          const clean = toHtml(cleanHtml(html, { pictureRules }));
          expect(plainWords(textOf(clean))).toEqual(plainWords(shownText(html)));
          expect(toHtml(cleanHtml(clean, { pictureRules }))).toBe(clean);
          expect(refused(clean)).toEqual([]);
          expect(canonical(renderer.render(toMarkdown(clean)))).toEqual(canonical(clean));
        }),
        RUNS,
      );
    },
    LONG,
  );

  it(
    'nothing that acts survives, in HTML or in Markdown',
    () => {
      fc.assert(
        fc.property(hostileSoup, (html) => {
          const clean = toHtml(cleanHtml(html, { base: 'https://somebody.livejournal.com/1234.html' }));
          expect(refused(clean)).toEqual([]);
          expect(toHtml(cleanHtml(clean))).toBe(clean);
          expect(refused(renderer.render(toMarkdown(clean)))).toEqual([]);
        }),
        FEWER,
      );
    },
    LONG,
  );

  it(
    'lines can be taken away one by one, and the others stay',
    () => {
      fc.assert(
        fc.property(soup, fc.nat(), (html, pick) => {
          const document = cleanHtml(html);
          const lines = linesOf(document);
          const gone = lines[pick % Math.max(1, lines.length)]?.number ?? 0;
          const rest = withoutLines(document, new Set([gone]));
          // Empty lines of a <pre> go with the last line that stood behind them.
          const told = (all: Line[]) =>
            all
              .filter(({ text, kind }) => text !== '' || (kind !== 'text' && kind !== 'item'))
              .map(({ text, cut }) => ({ text, cut }));
          expect(told(linesOf(rest))).toEqual(told(lines.filter(({ number }) => number !== gone)));
          expect(linesOf(document)).toEqual(lines);
          expect(toHtml(withoutLines(document, new Set()))).toBe(toHtml(document));
          expect(withoutLines(document, new Set(lines.map(({ number }) => number))).children).toEqual([]);
        }),
        FEWER,
      );
    },
    LONG,
  );

  it(
    'the runs of a line are its text',
    () => {
      fc.assert(
        fc.property(soup, (html) => {
          for (const { text, runs } of linesOf(cleanHtml(html)))
            expect(runs.map((run) => run.text).join('')).toBe(text);
        }),
        FEWER,
      );
    },
    LONG,
  );
});
