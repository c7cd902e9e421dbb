/** Works that those who wrote them have not let go: packed for people, and in nothing that anybody else may see. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBundle, verifyBundle, writeBundle } from '../../src/bundle/index.js';
import { planGoes, serveSite, writeSite } from '../../src/site/index.js';
import { digests, ficferry, inFolder } from '../cli/program.js';
import { archive, chapter, config, work } from './works.js';

const works = [
  work({ slug: 'open', title: 'Open', community: true, chapters: [chapter(1, { poster: 'somebody' })] }),
  work({
    slug: 'silent',
    title: 'Silent',
    authors: ['Late'],
    community: true,
    withheld: { why: 'no answer', authors: ['Late'] },
    chapters: [chapter(2, { poster: 'the_mod' })],
  }),
];
const newTags = { fandoms: [], characters: [], relationships: [], additionalTags: [], total: 0 };
const storyOf = async (key: string) => ({
  html: `<p>${key.endsWith('/519') ? 'CANARY-9021' : 'Open words'} of it.</p>`,
});

describe('a work that its author has not let go', () => {
  it('is on its sheet with the reason, and in no page, item, go or site; and the bundle is whole', async () => {
    await inFolder(async (home) => {
      const bundle = join(home, 'b');
      const places = { folder: bundle, zip: `${bundle}.zip` };
      await writeBundle({ ...places, journal: 'c', works, leftOut: [], newTags, storyOf, config, version: '1' });
      expect(await verifyBundle(`${bundle}.zip`)).toMatchObject({ ok: true, problems: [] });
      const holding = Object.keys(digests(bundle)).filter((name) =>
        readFileSync(join(bundle, name), 'utf8').includes('CANARY-9021'),
      );
      expect(holding).toEqual(['data/sheet/silent.html', 'data/works/silent/01.md']);
      expect(readFileSync(join(bundle, 'data/sheet/silent.html'), 'utf8')).toContain(
        'Late has not said yes yet in people.csv',
      );
      expect(readFileSync(join(bundle, 'data/index.html'), 'utf8')).toContain(
        'Late has not said yes yet in people.csv',
      );
      expect(JSON.parse(readFileSync(join(bundle, 'data/otwarchive/works.json'), 'utf8')).works).toHaveLength(1);

      const open = await openBundle(bundle);
      try {
        const plan = planGoes(open.bundle, archive, { base: 'https://h.example/', size: 10 });
        expect(plan.without.map(({ work: one, why }) => [one.slug, why])).toEqual([
          ['silent', 'Late has not said yes yet in people.csv'],
        ]);
        await writeSite(open, join(home, 'public'));
        expect(Object.keys(digests(join(home, 'public'))).filter((name) => name.includes('silent'))).toEqual([]);
        const host = await serveSite(open, 0);
        expect((await fetch(`${host.url}pages/silent/01.html`)).status).toBe(404);
        await host.close();
      } finally {
        await open.close();
      }
      const { stdout } = await ficferry(['site', bundle, join(home, 'public'), '--base-url', 'https://h.example/']);
      expect(stdout).toContain('1 work left out: their authors have not let them go (people.csv).');
    });
  });

  it('with a page all the same is told by verify', async () => {
    await inFolder(async (home) => {
      const bundle = join(home, 'b');
      const places = { folder: bundle, zip: `${bundle}.zip` };
      await writeBundle({
        ...places,
        journal: 'c',
        works: works.slice(0, 1),
        leftOut: [],
        newTags,
        storyOf,
        config,
        version: '1',
      });
      const list = join(bundle, 'data/bundle.json');
      const data = JSON.parse(readFileSync(list, 'utf8'));
      data.works[0].withheld = { why: 'refused', authors: ['somebody'] };
      writeFileSync(list, JSON.stringify(data));
      const { problems } = await verifyBundle(bundle);
      expect(problems).toContain('data/bundle.json: gives a page to "Open", which its author has not let go');
      expect(problems).toContain('data/otwarchive/works.json: holds "Open", which its author has not let go');
    });
  });
});
