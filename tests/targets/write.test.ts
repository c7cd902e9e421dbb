import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readyWorks } from '../../src/bundle/index.js';
import { withPaths } from '../../src/bundle/names.js';
import { FicferryError } from '../../src/errors.js';
import { People } from '../../src/people/index.js';
import { type Source, TARGETS, type Target, writeTarget } from '../../src/targets/index.js';
import { textOf } from '../../src/text/index.js';
import { archive, chapter, longWork, work } from '../bundle/works.js';

const base = mkdtempSync(join(tmpdir(), 'ficferry-targets-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const secret = work({ slug: 'secret', restricted: true });
const source: Source = {
  bundle: {
    journal: 'somebody',
    works: [longWork(), secret].map(withPaths),
    misfits: [],
    newTags: { fandoms: [], characters: [], relationships: [], additionalTags: [], total: 0 },
  },
  ready: [],
  archive,
  people: new People(),
  storyOf: async (_, { entry }) => ({ html: `<p>Words of ${entry}.</p>` }),
  read: async () => Buffer.alloc(0),
};

/** The example of docs/targets.md. */
const text: Target = {
  name: 'text',
  place: 'beside',
  async *files({ bundle, storyOf }: Source) {
    for (const work of bundle.works) {
      const texts: string[] = [work.title];
      for (const chapter of work.chapters) texts.push(textOf((await storyOf(work, chapter)).html));
      yield { path: `${work.slug}.txt`, secret: work.restricted, content: `${texts.join('\n\n\n')}\n` };
    }
  },
};

const words = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8').replace(/\s+/g, ' ');

describe('docs/targets.md', () => {
  it('shows the interface as it is, and the example as it is tested', () => {
    const doc = words('docs/targets.md');
    const bare = (path: string) => words(path).replace(/\/\*\*.*?\*\/ /g, '');
    const shown = [
      ...doc.replace(/\/\*\*.*?\*\/ /g, '').matchAll(/export (?:interface|const) (\w+).*?(?= export |$)/g),
    ];
    expect(shown.map(([, name]) => name)).toEqual(['Target', 'Source', 'TargetFile', 'text']);
    for (const [code, name] of shown.slice(0, 3)) {
      const whole = `${code.slice(0, code.indexOf(' }') + 2)}`;
      expect(bare('src/targets/target.ts'), name).toContain(whole);
    }
    const example = doc.slice(doc.indexOf('const text: Target'), doc.indexOf(' Then name it'));
    expect(words('tests/targets/write.test.ts')).toContain(example);
  });
});

describe('a target beside the bundle', () => {
  it('is a folder of its own, with what is locked for its owner alone', async () => {
    const folder = join(base, 'one/NAME-text');
    expect(await writeTarget(text, source, folder)).toEqual({ name: 'text', folder, files: 2, troubles: [] });
    expect(readdirSync(join(base, 'one'))).toEqual(['NAME-text']);
    expect(readFileSync(join(folder, 'long-way.txt'), 'utf8')).toBe(
      'A Long Way\n\n\nWords of livejournal/somebody/263.\n\n\nWords of livejournal/somebody/519.\n\n\nWords of livejournal/somebody/775.\n',
    );
    expect(statSync(join(folder, 'secret.txt')).mode & 0o777).toBe(0o600);
  });

  it('holds nothing of an earlier run, of one that died neither', async () => {
    const folder = join(base, 'two/NAME-text');
    await writeTarget(text, source, folder);
    for (const left of ['.part', '.old']) {
      mkdirSync(`${folder}${left}`);
      writeFileSync(join(`${folder}${left}`, 'secret.txt'), 'heliotrope');
    }
    const [open] = source.bundle.works;
    await writeTarget(text, { ...source, bundle: { ...source.bundle, works: open ? [open] : [] } }, folder);
    expect(readdirSync(join(base, 'two'), { recursive: true })).toEqual(['NAME-text', 'NAME-text/long-way.txt']);
  });

  it('stays as it was where a text can’t be read', async () => {
    const folder = join(base, 'three/NAME-epub');
    const epub = TARGETS.get('epub') as Target;
    await writeTarget(epub, source, folder);
    const before = readFileSync(join(folder, 'long-way.epub'));
    const storyOf: Source['storyOf'] = async (_, { entry }) => {
      if (entry === chapter(2).entry) throw new Error('torn page');
      return { html: '<p>x</p>' };
    };
    await expect(writeTarget(epub, { ...source, storyOf }, folder)).rejects.toThrow('torn page');
    expect(readdirSync(join(base, 'three'))).toEqual(['NAME-epub']);
    expect(readFileSync(join(folder, 'long-way.epub')).equals(before)).toBe(true);
  });

  it('says what stands in its way', async () => {
    writeFileSync(join(base, 'file'), '');
    const failed = writeTarget(text, source, join(base, 'file/NAME-text'));
    await expect(failed).rejects.toThrow(FicferryError);
    await expect(failed).rejects.toThrow('A file stands where a folder is needed');
  });
});

describe('otwarchive', () => {
  it('has the works that are ready, and none that is locked', async () => {
    const misfit = { work: 'long-way', title: '', field: 'summary', kind: 'limit', message: '', advice: '' } as const;
    const slugs = async (bundle: Source['bundle']) => {
      const files = TARGETS.get('otwarchive')?.files({ ...source, bundle, ready: readyWorks(bundle) }) ?? [];
      for await (const { path, content } of files) {
        expect(path).toBe('otwarchive/works.json');
        return (JSON.parse(content as string).works as { id: string }[]).map(({ id }) => id);
      }
    };
    expect(await slugs(source.bundle)).toEqual(['long-way']);
    expect(await slugs({ ...source.bundle, misfits: [misfit] })).toEqual([]);
    // What only asks for a look keeps nothing back.
    expect(await slugs({ ...source.bundle, misfits: [{ ...misfit, kind: 'look' }] })).toEqual(['long-way']);
  });
});
