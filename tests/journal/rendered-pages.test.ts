/** Entries drawn in every page style that the shared renderer knows, with comments and sidebars that look like headers. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { entryOf, hasShared, plain, plainSites, readFile, shared } from './reading.js';

interface Case {
  id: string;
  file: string;
  url: string;
  kind: string;
  entry?: { subject: string | null; journal: string; poster: string; postedAt: string; tags: string[] };
  body?: { first: string | null; last: string | null };
  meta: { site: string; style: string; encoding: string };
}

const there = hasShared('fic-headers');
const folder = mkdtempSync(join(tmpdir(), 'ficferry-rendered-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LJ = ['lj-aentry', 'lj-singlepost', 'lj-expressive', 'lj-flexsquares', 'lj-smoothsailing', 'lj-light-old'];
const FORCED = LJ.map(
  (lj, index) => `lj=${lj},dw=${index % 2 ? 'dw-light' : 'dw-core2'},ij=${index % 2 ? 'lj-light-old' : 'ij-generator'}`,
);

type Rendered = Case & { path: string; asked: string };
const rendered = new Map<string | undefined, Rendered[]>();

function render(style?: string): Rendered[] {
  const cases = rendered.get(style) ?? draw(style);
  rendered.set(style, cases);
  return cases;
}

function draw(style?: string): Rendered[] {
  const out = join(folder, style?.replace(/\W/g, '_') ?? 'own');
  execFileSync('node', [
    shared('fic-headers/render.mjs'),
    shared('fic-headers/dev.jsonl'),
    out,
    ...(style ? ['--style', style] : []),
  ]);
  const urls = new Map(
    readFileSync(join(out, 'urls.tsv'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split('\t') as [string, string]),
  );
  return readFileSync(join(out, 'expected.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Case)
    .map((one) => ({ ...one, path: join(out, one.file), asked: urls.get(one.file) as string }));
}

/** Read as it stands today: bytes that were encoded twice come out as they are. */
const isDoubled = ({ meta }: Case) => meta.encoding === 'mojibake-1251';

describe.skipIf(!there)('the rendered cases', () => {
  it.each([undefined, ...FORCED])('in %s', (style) => {
    const cases = render(style);
    expect(cases.length).toBeGreaterThan(40);
    for (const one of cases.filter((each) => !isDoubled(each))) {
      const reading = readFile(one.path, one.asked, 200, plainSites);
      const said = `${one.file} ${one.meta.style}`;
      if (!one.entry) {
        expect(reading.kind, said).toBe(one.kind);
        continue;
      }
      const { subject, postedAt, ...rest } = one.entry;
      const entry = entryOf(reading);
      expect(entry, said).toMatchObject({
        ...rest,
        postedAt: postedAt.length === 16 ? `${postedAt}:00` : postedAt,
        url: one.url,
      });
      expect(entry.subject ?? null, said).toBe(subject);
      expect(entry.previous, said).toContain(`journal=${one.entry.journal}&itemid=${entry.number}&dir=prev`);
      expect(entry.body.html, said).not.toMatch(
        /ljtags|Leave a comment|Page Summary|Title index|cmt\d|talk-comment|Entry tags:/,
      );
    }
  });

  it('have one body whatever the style', () => {
    const bodies = FORCED.map(
      (style) =>
        new Map(
          render(style)
            .filter((one) => one.entry && !isDoubled(one))
            .map((one) => [one.id, plain(entryOf(readFile(one.path, one.asked, 200, plainSites)).body.html)]),
        ),
    );
    const first = bodies[0] as Map<string, string>;
    for (const other of bodies) for (const [id, text] of other) expect(text, id).toBe(first.get(id));
  });

  it('show mood and music where their style prints them', () => {
    for (const one of render(FORCED[1]).filter((each) => each.entry && !isDoubled(each))) {
      const { mood, music } = entryOf(readFile(one.path, one.asked, 200, plainSites));
      expect(mood, one.id).toMatch(/^(accomplished|sleepy|nervous|cheerful|artistic)$/);
      expect(music, one.id).toMatch(/^(the radiator|somebody else's piano|rain|Overture: side two)$/);
    }
  });
});
