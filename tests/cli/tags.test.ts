/** `ficferry tags`: the table goes out, comes back filled, and the next bundle says what it says. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { csvText, readCsv } from '../../src/common/csv.js';
import { LoopbackJournal } from '../journal/server.js';
import { ficferry, inFolder } from './program.js';

interface Told {
  works: { title: string; archive: Record<string, string[]>; evidence: Record<string, { raw: string }> }[];
  newTags: { total: number };
}

/** Fills in the recommendations, by tag, as somebody with a spreadsheet would. */
function fill(file: string, to: string, recommended: Record<string, [string, string?]>): void {
  const { columns, rows } = readCsv(readFileSync(file));
  const filled = rows.map(({ cell }) =>
    columns.map((column) => {
      const [tag, type] = recommended[cell('Original Tag')] ?? [];
      if (column === 'Recommended AO3 Tag' && tag !== undefined) return tag;
      if (column === 'Recommended AO3 Type' && tag !== undefined) return type ?? '';
      return cell(column);
    }),
  );
  writeFileSync(to, csvText(columns, filled));
}

describe('the tags of a run', () => {
  it('go out, come back, and count, until the author says otherwise', async () => {
    const journal = await LoopbackJournal.start();
    try {
      await inFolder(async (home) => {
        const config = ['--config', journal.writeConfig(join(home, 'config.yaml'))];
        const out = join(home, 'out');
        const bundle = async (): Promise<Told> => {
          const done = await ficferry(['bundle', '--out', out, '--for', 'open-doors', ...config]);
          expect([done.code, done.stderr.replace(/^(reading|packing).*\n/gm, '')]).toEqual([0, '']);
          return JSON.parse(readFileSync(join(out, 'tarn_wick-bundle/data/bundle.json'), 'utf8'));
        };
        await ficferry(['crawl', journal.address, '--out', out, ...config]);
        const before = await bundle();
        const line = before.works.find(({ archive }) => archive.relationships?.includes('Odile/Bram'));
        expect(line?.archive.fandoms).toEqual(['The Glasshouse Line']);

        const sheet = join(out, 'tarn_wick-open-doors/tarn_wick - tags.csv');
        const filled = join(home, 'filled.csv');
        fill(sheet, filled, {
          'The Glasshouse Line': ['Glasshouse Line (Stories), Greenhouses', 'Fandom,Additional Tag'],
          'Odile/Bram': ['Odile Marsh/Bram Tolliver'],
        });
        const taken = await ficferry(['tags', filled, '--out', out, ...config]);
        expect([taken.code, taken.stderr, taken.stdout]).toEqual([
          0,
          '',
          expect.stringContaining('2 of them become another'),
        ]);

        const after = await bundle();
        const same = after.works.find(({ title }) => title === line?.title);
        expect(same?.archive).toMatchObject({
          fandoms: ['Glasshouse Line (Stories)'],
          relationships: ['Odile Marsh/Bram Tolliver'],
        });
        expect(same?.archive.additionalTags).toContain('Greenhouses');
        expect(same?.evidence['archive.fandoms']?.raw).toContain('tag wranglers');
        // the fandom and the pairing; those who are in it stay, since nobody said who they are
        expect(after.newTags.total).toBe(before.newTags.total - 2);

        // A second table goes on from the first.
        fill(sheet, filled, { 'Odile Marsh/Bram Tolliver': ['Odile & Bram (Glasshouse)', 'Relationship'] });
        await ficferry(['tags', filled, '--out', out, ...config]);
        const last = (await bundle()).works.find(({ title }) => title === line?.title);
        expect(last?.archive).toMatchObject({
          fandoms: ['Glasshouse Line (Stories)'],
          relationships: ['Odile & Bram (Glasshouse)'],
        });

        const { chapters } = last as unknown as { chapters: { entry: string }[] };
        writeFileSync(join(out, 'decisions.yaml'), `works:\n  ${chapters[0]?.entry}: {fandoms: [My Own Fandom]}\n`);
        const decided = (await bundle()).works.find(({ title }) => title === line?.title);
        expect(decided?.archive.fandoms).toEqual(['My Own Fandom']);
      });
    } finally {
      await journal.close();
    }
  });

  it('are not taken from what is no such table', async () => {
    await inFolder(async (home) => {
      writeFileSync(join(home, 'x.csv'), 'a,b\n1,2\n');
      const { code, stderr } = await ficferry(['tags', join(home, 'x.csv'), '--out', home]);
      expect([code, stderr]).toEqual([2, expect.stringContaining('is no tag table')]);
    });
  });
});
