import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { cleanHtml, type Line, linesOf, textOf, toHtml, toMarkdown, withoutLines } from '../../src/text/index.js';
import { canonical } from './canonical.js';
import { plainWords, shownText, soup } from './soup.js';

const RUNS = { numRuns: Number(process.env.SOUP_RUNS ?? 400) };
const renderer = new MarkdownIt({ html: true });

describe('whatever the soup', () => {
  it('no word is lost, none is added, none changes its place', () => {
    fc.assert(
      fc.property(soup, (html) => {
        expect(plainWords(textOf(toHtml(cleanHtml(html))))).toEqual(plainWords(shownText(html)));
      }),
      RUNS,
    );
  });

  it('what is clean stays as it is', () => {
    fc.assert(
      fc.property(soup, (html) => {
        const clean = toHtml(cleanHtml(html));
        expect(toHtml(cleanHtml(clean))).toBe(clean);
      }),
      RUNS,
    );
  });

  it('Markdown renders to the same lines, looks, links and blocks', () => {
    fc.assert(
      fc.property(soup, (html) => {
        const clean = toHtml(cleanHtml(html));
        expect(canonical(renderer.render(toMarkdown(clean)))).toEqual(canonical(clean));
      }),
      RUNS,
    );
  });

  it('lines can be taken away one by one, and the others stay', () => {
    fc.assert(
      fc.property(soup, fc.nat(), (html, pick) => {
        const document = cleanHtml(html);
        const lines = linesOf(document);
        const gone = lines[pick % Math.max(1, lines.length)]?.number ?? 0;
        const rest = withoutLines(document, new Set([gone]));
        // Empty lines of a <pre> go with the last line that stood behind them.
        const told = (all: Line[]) =>
          all.filter(({ text, kind }) => text !== '' || kind !== 'text').map(({ text, cut }) => ({ text, cut }));
        expect(told(linesOf(rest))).toEqual(told(lines.filter(({ number }) => number !== gone)));
        expect(linesOf(document)).toEqual(lines);
        expect(toHtml(withoutLines(document, new Set()))).toBe(toHtml(document));
        expect(withoutLines(document, new Set(lines.map(({ number }) => number))).children).toEqual([]);
      }),
      RUNS,
    );
  });

  it('the runs of a line are its text', () => {
    fc.assert(
      fc.property(soup, (html) => {
        for (const { text, runs } of linesOf(cleanHtml(html))) expect(runs.map((run) => run.text).join('')).toBe(text);
      }),
      RUNS,
    );
  });
});
