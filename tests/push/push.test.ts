/** `ficferry push` against an archive: what arrives, what is told, and what whatever goes wrong on the way comes to. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/common/csv.js';
import type { Mood } from '../archive/api.js';
import { work } from '../bundle/works.js';
import { haveProgram } from '../outside.js';
import { manyWorks, PushStage, TOKEN } from './stage.js';

describe('a push', () => {
  it('brings each work there once, in batches, and tells where it is', async () => {
    const works = manyWorks(9);
    await using stage = await PushStage.with(works);
    const { code, stdout, stderr } = await stage.push(['--batch', '4', '--collection', 'rescued']);
    expect([code, stage.wrong(works), stage.archive.api.batches]).toEqual([0, [], [4, 4, 1]]);
    const [first] = stage.archive.works;
    expect(stdout).toContain(`created        Lamp 1  ${stage.archive.address}/works/${first?.id}`);
    expect(stdout).toContain('9 created, 0 there already, 0 refused, 0 kept back.');
    expect(stderr).toContain('11 pages stand where the archive will look for them');
    expect(first?.externalAuthors).toEqual([{ name: 'somebody', email: 'some@example.org' }]);
    expect(first?.collections).toEqual(['rescued']);
    expect(stage.archive.api.claimEmails).toEqual([]);
    const redirects = readCsv(readFileSync(join(stage.folder, 'redirects.csv')));
    expect(redirects.columns).toEqual(['AO3 id', 'URL Imported From', 'Original URL']);
    const seventh = stage.archive.works.find(({ title }) => title === 'Lamp 7');
    expect(redirects.rows.slice(6).map(({ cell }) => redirects.columns.map(cell))).toEqual([
      ...[1, 2, 3].map((part) => [
        String(seventh?.id),
        `${stage.host.url}pages/lamp-7/0${part}.html`,
        `https://somebody.livejournal.com/${(60 + part) * 256 + 7}.html`,
      ]),
      [
        String(stage.archive.works[7]?.id),
        `${stage.host.url}pages/lamp-8/01.html`,
        `https://somebody.livejournal.com/${71 * 256 + 7}.html`,
      ],
      [
        String(stage.archive.works[8]?.id),
        `${stage.host.url}pages/lamp-9/01.html`,
        `https://somebody.livejournal.com/${81 * 256 + 7}.html`,
      ],
    ]);
  });

  it('tells what the API does not carry', async () => {
    const [one, two] = manyWorks(2);
    const works = [
      work({ ...one, series: { name: 'Lamps', number: 2 }, complete: false, expectedChapters: 3 }),
      two,
    ].map((given) => work(given));
    await using stage = await PushStage.with(works);
    const { stdout } = await stage.push();
    expect(stdout).toContain(
      `To be set by hand, since the API carries none of it:\n  Lamp 1: the series: Lamps, part 2; that it is not finished: 1 of 3 chapters  ${stage.archive.address}/works/`,
    );
    expect(stdout).not.toContain('  Lamp 2: ');
  });

  it('run again sends nothing, and loses no address', async () => {
    const works = manyWorks(3);
    await using stage = await PushStage.with(works);
    await stage.push();
    const before = readFileSync(join(stage.folder, 'redirects.csv'), 'utf8');
    const { code, stdout, stderr } = await stage.push();
    expect([code, stage.archive.api.batches]).toEqual([0, [3]]);
    expect(stderr).toContain('3 works went there before.');
    expect(stdout).toContain('0 created, 3 there already, 0 refused, 0 kept back.');
    expect(readFileSync(join(stage.folder, 'redirects.csv'), 'utf8')).toBe(before);
  });

  it('without its record finds by the archive’s search what is there, by the old address too', async () => {
    const works = manyWorks(3);
    await using stage = await PushStage.with(works);
    const blank = stage.archive.store.blankWork();
    stage.archive.store.save({ ...blank, title: 'Lamp 1', importedFrom: `${stage.host.url}pages/lamp-1/01.html` });
    stage.archive.store.save({
      ...blank,
      title: 'Lamp 2',
      importedFrom: `http://somebody.livejournal.com/${11 * 256 + 7}.html`,
      chapters: [],
    });
    const { code, stdout } = await stage.push();
    expect([code, stage.archive.api.batches, stage.wrong(works)]).toEqual([0, [1], []]);
    expect(stdout).toContain('1 created, 2 there already');
    expect(stdout).toMatch(/there already {2}Lamp 2 .*it has it from http:\/\/somebody\.livejournal\.com\/2823\.html/);
  });

  it('with --dry-run prints what would be sent and asks nobody, not even for a token', async () => {
    await using stage = await PushStage.with(manyWorks(3));
    const { code, stdout, stderr } = await stage.push(['--dry-run', '--json', '--batch', '2'], {
      env: { FICFERRY_TOKEN: '' },
    });
    const requests = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect([code, requests.map(({ works }) => works.length)]).toEqual([0, [2, 1]]);
    expect(requests[0].works[0]).toMatchObject({
      id: 'lamp-1',
      chapter_urls: [`${stage.host.url}pages/lamp-1/01.html`],
    });
    expect(stderr).toContain('Nothing was sent');
    expect([stage.archive.api.batches, stage.record]).toEqual([[], []]);
  });

  it('keeps back what nobody let go, what is locked and who has no address, and counts it', async () => {
    const [one, two, three, four, five] = manyWorks(5);
    const works = [
      one,
      { ...two, community: true, authors: ['Silent'] },
      { ...three, authors: ['Never'] },
      { ...four, restricted: true, summary: 'CANARY-7341' },
      { ...five, authors: ['Mute'] },
    ].map((given) => work(given));
    const people =
      'author,e-mail,permission,do not import\nsomebody,s@example.org,,\nSilent,x@example.org,,\nNever,n@example.org,yes,yes\nMute,,yes,\n';
    await using stage = await PushStage.with(works, {}, people);
    const { code, stdout, stderr } = await stage.push();
    expect([code, stage.archive.works.map(({ title }) => title)]).toEqual([0, ['Lamp 1']]);
    expect(stdout).toContain('1 created, 0 there already, 0 refused, 4 kept back.');
    for (const line of [
      'Silent has not said yes yet in people.csv: Lamp 2',
      'Never does not want it moved, says people.csv: Lamp 3',
      'no e-mail address of Mute in people.csv: Lamp 5',
    ])
      expect(stderr).toContain(line);
    expect(stderr).toMatch(/locked: .*: Lamp 4/);
    expect(stdout + stderr + JSON.stringify(stage.record)).not.toContain('CANARY-7341');
  });

  it('leaves the token and the authors’ addresses in no file and no message', async () => {
    await using stage = await PushStage.with(manyWorks(3), { moods: [{ on: 'import', failAfter: 1 }] });
    const { stdout, stderr } = await stage.push();
    const files = readdirSync(stage.folder, { recursive: true, encoding: 'utf8' }).map((name) =>
      join(stage.folder, name),
    );
    const texts = files
      .filter((file) => statSync(file).isFile())
      .map((file) => [file, readFileSync(file, 'latin1')] as const);
    const telling = (secret: string) => texts.filter(([, text]) => text.includes(secret)).map(([file]) => file);
    expect([telling(TOKEN), (stdout + stderr).includes(TOKEN)]).toEqual([[], false]);
    expect(telling('zoe@example.org')).toEqual([join(stage.folder, 'people.csv')]);
    expect(statSync(join(stage.folder, 'push.jsonl')).mode & 0o777).toBe(0o600);
  });
});

describe('Ctrl-C', () => {
  it('finishes the batch in hand, says how to go on, and the same command does', async () => {
    const works = manyWorks(12);
    await using stage = await PushStage.with(works, { perWork: 150 });
    const first = await stage.push(['--batch', '1'], {
      signal: { name: 'SIGINT', when: () => stage.archive.works.length > 1 },
    });
    expect([first.code, first.stderr]).toEqual([
      130,
      expect.stringMatching(/Finishing the batch in hand\..*Go on with:\n {2}ficferry push /s),
    ]);
    expect(first.stdout).toMatch(/^created/m);
    expect(stage.archive.works.length).toBeLessThan(12);
    const second = await stage.push();
    expect([second.code, stage.wrong(works)]).toEqual([0, []]);
  });
});

describe.skipIf(!haveProgram('script'))('in a terminal', () => {
  it('the token is asked for, and not shown', async () => {
    await using stage = await PushStage.with(manyWorks(1));
    const { printed, code } = await stage.pushInTerminal('not shown', `${TOKEN}\r`);
    expect([code, stage.archive.works.length]).toEqual([0, 1]);
    expect(printed).toContain('The archive’s token for keeper (not shown): ');
    expect(printed).not.toContain(TOKEN);
  });
});

describe('before anything is sent', () => {
  const refused = async (stage: PushStage, more: string[] = [], options = {}) => {
    const { code, stderr } = await stage.push(more, options);
    expect(stage.archive.api.batches).toEqual([]);
    return [
      code,
      stderr
        .trim()
        .split('\n')
        .filter((line) => /^ficferry:|^ {2}[A-Z]/.test(line))
        .join(' '),
    ];
  };

  it('an unknown token, and one who is no archivist, are told', async () => {
    await using stage = await PushStage.with(manyWorks(1), { archivists: [] });
    expect(await refused(stage, [], { env: { FICFERRY_TOKEN: 'other' } })).toEqual([
      2,
      expect.stringContaining('it does not know this token'),
    ]);
    expect(await refused(stage)).toEqual([2, expect.stringContaining('archivist privileges')]);
    expect(await refused(stage, [], { env: { FICFERRY_TOKEN: '' } })).toEqual([
      2,
      expect.stringContaining('FICFERRY_TOKEN'),
    ]);
  });

  it('pages that are not there stop it', async () => {
    await using stage = await PushStage.with(manyWorks(2));
    expect(await refused(stage, ['--base-url', `${stage.host.url}elsewhere/`])).toEqual([
      2,
      expect.stringMatching(/lamp-1\/01\.html answers 404.*ficferry site/),
    ]);
  });

  it('a bundle that was changed stops it', async () => {
    await using stage = await PushStage.with(manyWorks(2));
    const page = join(stage.bundle, 'data/pages/lamp-2/01.html');
    writeFileSync(page, readFileSync(page, 'utf8').replace('whole', 'half'));
    expect(await refused(stage)).toEqual([5, expect.stringContaining('is not whole')]);
  });

  it.each([
    ['http://archive.example.org', 'without https'],
    ['archive.example.org', 'no web address'],
    ['https://a.example/?x', 'with ?'],
  ])('--archive %s is refused', async (address, why) => {
    await using stage = await PushStage.with(manyWorks(1));
    expect(await refused(stage, ['--archive', address])).toEqual([2, expect.stringContaining(why)]);
  });

  it('pages on this machine are for an archive on this machine', async () => {
    await using stage = await PushStage.with(manyWorks(1));
    expect(await refused(stage, ['--archive', 'https://archive.example.org'])).toEqual([
      2,
      expect.stringContaining('the archive does not fetch from such a host'),
    ]);
  });
});

describe('an archive in trouble', () => {
  const wall = (status: number, retryAfter?: string): Mood['wall'] => ({
    status,
    body: '<html>Shields up</html>',
    ...(retryAfter !== undefined && { retryAfter }),
  });
  it.each<[string, Mood[]]>([
    ['breaks in the midst of a batch', [{ on: 'import', failAfter: 2 }]],
    [
      'breaks again and again, and a work more arrives each time',
      Array.from({ length: 7 }, () => ({ on: 'import', failAfter: 1 })),
    ],
    ['never answers, and imports all', [{ on: 'import', silent: true }]],
    ['cuts the connection before it did anything', [{ on: 'import', cut: 'before' }]],
    ['cuts the connection when all is done', [{ on: 'import', cut: 'after' }]],
    ['says nothing of some works', [{ on: 'import', forgets: 2 }]],
    ['can’t fetch a page for once', [{ on: 'import', unfetched: true }]],
    ['asks for patience', [{ on: 'import', wall: wall(429, '1') }]],
    [
      'is behind a gateway that gave up',
      [
        { on: 'import', wall: wall(504) },
        { on: 'search', wall: wall(502) },
      ],
    ],
    [
      'shows a page of its own',
      [
        { on: 'search', wall: wall(503) },
        { on: 'import', wall: wall(200) },
      ],
    ],
    [
      'loses answers of its search',
      [
        { on: 'search', cut: 'before' },
        { on: 'search', silent: true },
        { on: 'search', cut: 'after' },
      ],
    ],
  ])('that %s has each work once, and was sent none that it had', async (_, moods) => {
    const works = manyWorks(8);
    await using stage = await PushStage.with(works, { moods: [...moods] });
    const { code, stderr } = await stage.push(['--batch', '5']);
    expect([code, stage.wrong(works)], stderr).toEqual([0, []]);
  });

  it('that stays in trouble ends the push with 3, and the next one brings the rest', async () => {
    const works = manyWorks(4);
    await using stage = await PushStage.with(works, {
      moods: Array.from({ length: 5 }, () => ({ on: 'import', wall: wall(503) })),
    });
    const first = await stage.push(['--batch', '2']);
    expect([first.code, first.stderr]).toEqual([3, expect.stringContaining('it answered 503, 5 times over')]);
    const second = await stage.push();
    expect([second.code, stage.wrong(works)]).toEqual([0, []]);
  });

  it('that never says what became of a work ends it, and sends it no more than a few times', async () => {
    const moods: Mood[] = Array.from({ length: 9 }, () => ({ on: 'import', forgets: 0, failAfter: 0 }));
    await using stage = await PushStage.with(manyWorks(2), { moods });
    expect((await stage.push()).code).toBe(3);
  });

  it('that asks for an hour ends it at once', async () => {
    await using stage = await PushStage.with(manyWorks(2), { moods: [{ on: 'import', wall: wall(503, '3600') }] });
    expect((await stage.push()).code).toBe(3);
  });

  it('that refuses a work is told with its words, with 4, and asked again by the next push', async () => {
    const works = manyWorks(2);
    await using stage = await PushStage.with(
      works,
      {},
      'author,e-mail,permission\nsomebody,some@example.org,yes\nZoë,zoe@example.org,yes\n',
    );
    // Its own rule, of which nobody outside knows.
    stage.archive.store.save = ((save) => (given) => {
      if (given.title === 'Lamp 2' && stage.record.filter(({ type }) => type === 'answer').length === 0)
        throw new Error('Validation failed: no lamps.');
      return save.call(stage.archive.store, given);
    })(stage.archive.store.save);
    const { code, stdout } = await stage.push();
    expect([code, stdout]).toEqual([
      4,
      expect.stringContaining('refused        Lamp 2  Unable to import this work. Validation failed: no lamps.'),
    ]);
    expect([(await stage.push()).code, stage.wrong(works)]).toEqual([0, []]);
  });
});
