import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { WARCRecord, WARCSerializer } from 'warcio';
import { loadConfig } from '../../src/config.js';
import { type AddSummary, addPath } from '../../src/crawl/add/add.js';
import { dechunk } from '../../src/crawl/add/chunks.js';
import { Vault } from '../../src/crawl/vault/vault.js';
import { type Address, Sites } from '../../src/journal/index.js';
import { haveProgram } from '../outside.js';
import { tempFolder } from './vault-helpers.js';
import { page } from './whole-vault.js';

const config = loadConfig();
(config.sites.dreamwidth as { hosts: string[] }).hosts.push('*.dw.test', '127.0.0.1');
const sites = new Sites(config);

/** A Dreamwidth entry in its plainest form. */
function entry(number: number, options: { head?: string; security?: string } = {}): string {
  const { head = '', security = 'security-public' } = options;
  return `<!DOCTYPE html>${head.startsWith('<!--') ? head : ''}
<html><head><title>somebody | Night ${number}</title>${head.startsWith('<!--') ? '' : head}</head><body>
<div id="entry-${number}" class="entry-wrapper ${security} journal-type-P"><div class="entry"><div class="contents">
<h3 class="entry-title"><a href="https://somebody.dreamwidth.org/${number}.html">Night ${number}</a></h3>
<div class="poster-info"><span class="datetime">Jan. 20th, 2012 01:21 pm</span></div>
<div class="entry-content">The lamp in room ${number} was lit all night, and nobody came to put it out.</div>
</div></div></div></body></html>`;
}
const address = (number: number) => `https://somebody.dreamwidth.org/${number}.html`;
const canonical = (number: number) => `<link rel="canonical" href="${address(number)}">`;

/** Lays files and folders by path. */
function lay(files: Record<string, string | Uint8Array>): string {
  const folder = tempFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

const vaults: string[] = [];
async function adding(path: string, more: { vault?: string; urlOf?: (path: string) => string | undefined } = {}) {
  const folder = more.vault ?? tempFolder();
  vaults.push(folder);
  const vault = await Vault.open(folder, { isSessionHop: (url) => sites.isSessionHop(url) });
  try {
    const summary = await addPath(path, { sites, vault, urlOf: more.urlOf });
    const refs = [...vault.refs()];
    const captures = await Promise.all(refs.map((ref) => vault.read(ref)));
    return { folder, summary, refs, captures, urls: refs.map((ref) => ref.url).sort() };
  } finally {
    await vault.close();
  }
}

const why = (summary: AddSummary, path: string) =>
  summary.skipped.filter((left) => left.path.endsWith(path)).map((left) => left.why);

describe('saved pages', () => {
  it('take their address from the browser’s comment, the canonical link or og:url', async () => {
    const folder = lay({
      'saved.html': entry(257, {
        head: '<!-- saved from url=(0060)https://somebody.dreamwidth.org/257.html?style=light&x=1 -->',
      }),
      'canonical.HTM': entry(513, { head: `<LINK href='${address(513)}' REL='Canonical'>` }),
      'graph.html': entry(769, { head: `<meta property="og:url" content="${address(769)}?a=1&amp;b=2"/>` }),
      'both.html': entry(1025, {
        head: `<meta property="og:url" content="https://elsewhere.test/1"><link rel="canonical" href="${address(1025)}">`,
      }),
      'wide.html': Buffer.from(`\uFEFF${entry(1281, { head: canonical(1281) })}`, 'utf16le'),
    });
    const { summary, urls } = await adding(folder);
    expect(summary).toEqual({ added: 5, alreadyThere: 0, skipped: [], passedOver: [] });
    expect(urls).toEqual([
      address(1025),
      address(1281),
      `${address(257)}?style=light&x=1`,
      address(513),
      `${address(769)}?a=1&b=2`,
    ]);
  });

  it('are stored byte for byte, at the time of their file, charset unsaid', async () => {
    const body = Buffer.concat([
      Buffer.from(entry(257, { head: canonical(257) })),
      Buffer.from([0xcf, 0xf0, 0xe8, 0xff]),
    ]);
    const folder = lay({ 'a.html': body });
    utimesSync(join(folder, 'a.html'), new Date(), new Date('2013-05-06T07:08:09.000Z'));
    const { captures } = await adding(join(folder, 'a.html'));
    expect(captures).toHaveLength(1);
    expect(captures[0]).toMatchObject({
      url: address(257),
      time: '2013-05-06T07:08:09.000Z',
      status: 200,
      headers: { 'content-type': 'text/html' },
      access: { adult: false, account: false },
    });
    expect(Buffer.compare(captures[0]?.body as Uint8Array, body)).toBe(0);
  });

  it('take it from a list beside or above them, before what is written in them', async () => {
    const folder = lay({
      'urls.tsv': `# mine\r\na.html\t${address(257)}\r\nsub/deep/b.html\t${address(513)}\r\ngone.html\t${address(1)}\r\n`,
      'a.html': entry(257, { head: canonical(999) }),
      'sub/deep/b.html': entry(513),
      'sub/urls.tsv': `c.html\t${address(769)}\nfoul.html\thttps://elsewhere.test/1\n`,
      'sub/c.html': entry(769),
      'sub/foul.html': entry(1025),
    });
    const { summary, urls } = await adding(folder);
    expect(urls).toEqual([address(257), address(513), address(769)]);
    expect(why(summary, 'foul.html')).toEqual([
      expect.stringContaining('its address https://elsewhere.test/1 is of no known site'),
    ]);
    expect(why(summary, 'urls.tsv')).toEqual(['line 4: there is no file gone.html']);
    expect(summary.skipped).toHaveLength(2);
  });

  it('take it from the user before all', async () => {
    const folder = lay({ 'page.bin': entry(257, { head: canonical(1) }), 'urls.tsv': `page.bin\t${address(2)}` });
    const { urls } = await adding(join(folder, 'page.bin'), { urlOf: () => 'somebody.dreamwidth.org/257.html' });
    expect(urls).toEqual([address(257)]);
  });

  it('are reported where none is known, and so is what can’t be read', async () => {
    const folder = lay({
      'none.html': entry(257),
      'other.html': entry(513, { head: '<link rel=canonical href="https://elsewhere.test/513.html">' }),
      'hop.html': entry(769, {
        head: '<link rel=canonical href="https://somebody.livejournal.com/__setdomsess?v=SECRET">',
      }),
      'page.mht': 'From: <Saved by Blink>',
      'a.html_is_a_folder.html/x.txt': '',
      'pages/Night.html': entry(1025, { head: canonical(1025) }),
      'pages/Night_files/frame.html': '<p>An advertisement.</p>',
      'pages/Lost_files/frame.html': '<p>Parts of nothing.</p>',
      'pages/1.png': '',
      'pages/2.png': '',
    });
    symlinkSync(join(folder, 'nowhere'), join(folder, 'broken.html'));
    const { summary, urls } = await adding(folder);
    expect(urls).toEqual([address(1025)]);
    expect(summary.added).toBe(1);
    expect(why(summary, 'none.html')).toEqual([
      'its address is not written in it; write a line "none.html<TAB>https://…" into a file urls.tsv beside it',
    ]);
    expect(why(summary, 'other.html')).toEqual([
      expect.stringContaining('https://elsewhere.test/513.html is of no known site'),
    ]);
    expect(why(summary, 'page.mht')).toEqual(['this format is not read; save the page as HTML']);
    expect(why(summary, 'broken.html')).toEqual(["it can't be read (ENOENT)"]);
    expect(why(summary, 'frame.html')).toHaveLength(1);
    expect(summary.skipped).toHaveLength(6);
    expect(summary.passedOver).toEqual(
      expect.arrayContaining([
        { path: join(folder, 'pages', 'Night_files'), why: 'holds the parts of the saved page Night' },
        { path: join(folder, 'pages'), why: '2 files are neither a page nor a WARC' },
      ]),
    );
  });

  it('go to the restricted file where they are proven locked, and only there', async () => {
    const folder = lay({
      'public.html': entry(257, { head: canonical(257) }),
      'locked.html': entry(513, { head: canonical(513), security: 'security-protected' }),
      'unsaid.html': entry(769, { head: canonical(769), security: '' }),
    });
    const { refs } = await adding(folder);
    const found = Object.fromEntries(refs.map((ref) => [ref.url, [ref.restricted, ref.access.account]]));
    expect(found).toEqual({
      [address(257)]: [false, false],
      [address(513)]: [true, true],
      [address(769)]: [false, false],
    });
  });

  it('are added once', async () => {
    const folder = lay({
      'a.html': entry(257, { head: canonical(257) }),
      'copy.html': entry(257, { head: canonical(257) }),
    });
    const first = await adding(folder);
    expect(first.summary).toMatchObject({ added: 1, alreadyThere: 1 });
    utimesSync(join(folder, 'a.html'), 1, 1);
    const second = await adding(folder, { vault: first.folder });
    expect(second.summary).toMatchObject({ added: 0, alreadyThere: 2, skipped: [] });
    writeFileSync(join(folder, 'a.html'), entry(257, { head: `${canonical(257)}<meta name=x>` }));
    expect((await adding(folder, { vault: first.folder })).summary).toMatchObject({ added: 1, alreadyThere: 1 });
  });

  it('are not taken for a wrong path', async () => {
    await expect(adding(join(tempFolder(), 'nowhere'))).rejects.toMatchObject({ code: 'NOT_FOUND', exitCode: 2 });
  });

  const shared = fileURLToPath(new URL('../../../shared/pages/dreamwidth/journal', import.meta.url));
  if (!existsSync(shared)) console.log('left out: no real pages beside the project');
  it.skipIf(!existsSync(shared))(
    'are found to be what the journal’s own list says, for a whole real journal',
    async () => {
      const rows = readFileSync(join(shared, 'chain.tsv'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.split('\t'));
      const { summary, refs } = await adding(shared);
      const known = readdirSync(shared).filter((name) => name.endsWith('.html'));
      expect(summary.added + summary.alreadyThere + summary.skipped.length).toBe(known.length);
      const GATES = ['explicit.html', 'concepts.html']; // Neither names its address.
      for (const gate of GATES) expect(why(summary, gate)).toHaveLength(1);
      const found = refs.map((ref) => sites.tryParse(ref.url));
      const publicRows = rows.filter((row) => row[4] === 'public' && !GATES.includes(row[1] ?? ''));
      expect(publicRows).toHaveLength(40);
      for (const row of publicRows) {
        // One page names itself by its named address, in which its number does not stand.
        const own = (one: Address | undefined) =>
          String(one?.number) === row[2] || (row[1] === 'slugged.html' && one?.name !== undefined);
        expect(found.some(own), row.join(' ')).toBe(true);
      }
      expect(refs.every((ref) => !ref.restricted)).toBe(true);
    },
  );
});

type RecordOptions = Parameters<typeof WARCRecord.create>[0];

async function record(options: RecordOptions, body: Uint8Array | string = ''): Promise<Uint8Array> {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const made = WARCRecord.create({ date: '2015-02-03T04:05:06Z', type: 'response', ...options }, [bytes]);
  return WARCSerializer.serialize(made);
}
const html = { 'Content-Type': 'text/html; charset=utf-8' };
const request = (url: string, method: string) =>
  record({ url, type: 'request', statusline: `${method} / HTTP/1.1`, httpHeaders: { Cookie: 'a=SECRET' } });
const joined = async (...records: Promise<Uint8Array>[]) => Buffer.concat(await Promise.all(records));
const packed = async (...records: Promise<Uint8Array>[]) =>
  Buffer.concat((await Promise.all(records)).map((one) => gzipSync(one)));

describe('other tools’ archives', () => {
  it('give their pages of our sites, with time, status and headers, decoded', async () => {
    const text = entry(513);
    const chunks = `5;x=1\r\n${text.slice(0, 5)}\r\n${(text.length - 5).toString(16)}\r\n${text.slice(5)}\r\n0\r\n\r\n`;
    const warc = await packed(
      record({ type: 'warcinfo', filename: 'x' }, 'software: another\r\n'),
      request(address(257), 'GET'),
      record(
        { url: address(257), httpHeaders: { ...html, 'Content-Encoding': 'gzip', 'Set-Cookie': 'a=SECRET' } },
        gzipSync(entry(257)),
      ),
      record({ url: address(513), httpHeaders: { ...html, 'Transfer-Encoding': 'chunked' } }, chunks),
      record(
        { url: address(769), httpHeaders: { ...html, 'Content-Encoding': 'gzip', 'Transfer-Encoding': 'chunked' } },
        entry(769),
      ),
      record({ url: address(1), statusline: 'HTTP/1.1 302 Found', httpHeaders: { Location: '/257.html' } }),
      record({ url: address(2), statusline: 'HTTP/1.0 404 Not Found', httpHeaders: html }, 'There is no such entry.'),
    );
    const { summary, captures, folder } = await adding(join(lay({ 'a.warc.gz': warc }), 'a.warc.gz'));
    expect(summary).toEqual({ added: 5, alreadyThere: 0, skipped: [], passedOver: [] });
    const byUrl = new Map(captures.map((capture) => [capture.url, capture]));
    for (const number of [257, 513, 769]) {
      expect(Buffer.from(byUrl.get(address(number))?.body ?? []).toString(), `${number}`).toBe(entry(number));
    }
    expect(byUrl.get(address(257))).toMatchObject({ time: '2015-02-03T04:05:06.000Z', status: 200 });
    expect(byUrl.get(address(1))).toMatchObject({
      status: 302,
      headers: { location: '/257.html', 'content-length': '0' },
    });
    expect(byUrl.get(address(2))?.status).toBe(404);
    const stored = spawnSync('gzip', ['-dc', join(folder, 'captures.warc.gz')], { encoding: 'utf8' }).stdout;
    expect(stored).toContain('Night 257');
    expect(stored).not.toContain('SECRET');
  });

  it('are told of what they hold besides', async () => {
    const session = 'https://somebody.livejournal.com/__setdomsess?v=SECRET';
    const warc = await joined(
      record({ url: 'https://elsewhere.test/', httpHeaders: html }, entry(1)),
      record({ url: 'dns:somebody.dreamwidth.org' }, '127.0.0.1'),
      record({ url: 'https://somebody.dreamwidth.org/a.png', httpHeaders: { 'Content-Type': 'image/png' } }, 'x'),
      record({ url: 'https://somebody.dreamwidth.org/robots.txt', httpHeaders: { 'Content-Type': 'text/plain' } }, 'x'),
      record({ url: address(1), statusline: 'HTTP/1.1 429 Too Many', httpHeaders: html }, 'slow'),
      record({ url: session, httpHeaders: html }, entry(1)),
      record({ url: address(2), statusline: 'HTTP/1.1 302 Found', httpHeaders: { Location: session } }),
      request(address(3), 'POST'),
      record({ url: address(3), httpHeaders: html }, entry(3)),
      record({ url: address(4), httpHeaders: html }, entry(4)),
      request(address(4), 'POST'),
      record(
        { url: address(5), httpHeaders: { ...html, 'Content-Encoding': 'gzip' } },
        gzipSync(entry(5)).subarray(0, 200),
      ),
      record({ url: address(257), httpHeaders: html }, entry(257)),
    );
    const { summary, urls, folder } = await adding(join(lay({ 'a.warc': warc }), 'a.warc'));
    expect(urls).toEqual([address(257)]);
    expect(summary.passedOver.map((left) => left.why)).toEqual([
      '3 records: of no known site',
      '2 records: no pages',
      '1 record: answers with status 429',
      '2 records: answers to forms',
    ]);
    expect(why(summary, 'a.warc')).toEqual([
      `${address(2)} leads to an address that carries a session`,
      `${address(5)} has a body that does not unpack`,
    ]);
    expect(spawnSync('gzip', ['-dc', join(folder, 'captures.warc.gz')]).stdout.toString()).not.toContain('SECRET');
  });

  it('have repetitions resolved, in whatever file and order the first one stands', async () => {
    const revisit = (url: string, warcHeaders: Record<string, string>, httpHeaders = html) =>
      record({ url, type: 'revisit', warcHeaders, httpHeaders, date: '2016-01-01T00:00:00Z' });
    const digest = 'sha1:QQQQ';
    const folder = lay({
      'a.warc.gz': await packed(
        revisit(`${address(257)}?x=1`, { 'WARC-Payload-Digest': digest }),
        revisit(`${address(257)}?x=2`, {
          'WARC-Refers-To-Target-URI': address(513),
          'WARC-Refers-To-Date': '2015-02-03T04:05:06Z',
        }),
        revisit(address(9), { 'WARC-Payload-Digest': 'sha1:NOWHERE' }),
      ),
      'b.warc.gz': await packed(
        record({ url: address(257), httpHeaders: html, warcHeaders: { 'WARC-Payload-Digest': digest } }, entry(257)),
        record({ url: address(513), httpHeaders: html }, entry(513)),
      ),
    });
    const { summary, captures } = await adding(folder);
    expect(summary).toMatchObject({ added: 4, alreadyThere: 0 });
    expect(why(summary, 'a.warc.gz')).toEqual([
      `${address(9)} is only named as a repetition of a page that was not there`,
    ]);
    const repeated = captures.filter((capture) => capture.time.startsWith('2016'));
    expect(repeated.map((capture) => [capture.url, Buffer.from(capture.body).toString()])).toEqual([
      [`${address(257)}?x=1`, entry(257)],
      [`${address(257)}?x=2`, entry(513)],
    ]);
  });

  it('are told to be damaged, wherever they are, after what stands before was read', async () => {
    // Does not pack, so that a record is longer than a piece that the archive is read in.
    const noise = createHash('shake256', { outputLength: 70_000 }).update('lamp').digest('hex');
    const records = [257, 513, 769].map((n) => record({ url: address(n), httpHeaders: html }, entry(n) + noise));
    const [one, two, three] = (await Promise.all(records)).map((bytes) => gzipSync(bytes)) as [Buffer, Buffer, Buffer];
    const whole = Buffer.concat([one, two, three]);
    const flipped = (at: number) => {
      const copy = Buffer.from(whole);
      copy[at] = (copy[at] as number) ^ 0xff;
      return copy;
    };
    const cases: [string, Buffer][] = [
      ['magic', flipped(one.length)],
      ['header', flipped(one.length + 3)],
      ['middle', flipped(one.length + 9000)],
      ['checksum', flipped(one.length + two.length - 6)],
      ['cut', whole.subarray(0, one.length + 9000)],
      ['zeros', Buffer.concat([one, Buffer.alloc(2000)])],
    ];
    for (const [name, bytes] of cases) {
      const { summary, urls } = await adding(join(lay({ 'a.warc.gz': bytes }), 'a.warc.gz'));
      expect(urls, name).toContain(address(257));
      expect(urls, name).not.toContain(address(769));
      expect(why(summary, 'a.warc.gz'), name).toEqual([
        expect.stringMatching(/^only its first [12] records? could be read: it is damaged/),
      ]);
    }
    const plain = Buffer.concat(await Promise.all(records));
    const cut = await adding(join(lay({ 'a.warc': plain.subarray(0, plain.length - 300) }), 'a.warc'));
    expect(cut.urls).toEqual([address(257), address(513)]);
    expect(why(cut.summary, 'a.warc')).toEqual([`${address(769)} is cut short`]);
  });

  it('are told to be none', async () => {
    const folder = lay({
      'a.warc': entry(1),
      'b.warc.gz': gzipSync(entry(1)),
      'c.warc': '',
      'd.warc.gz': gzipSync(''),
    });
    const { summary } = await adding(folder);
    expect(summary.added).toBe(0);
    expect(summary.skipped.map((left) => left.path.slice(-9))).toEqual(
      ['/a.warc', 'b.warc.gz', '/c.warc', 'd.warc.gz'].map((name) => expect.stringContaining(name)),
    );
  });

  it('of our own keep their access, and stay restricted unless proven public', async () => {
    const from = tempFolder();
    const vault = await Vault.open(from);
    const account = { adult: true, account: true };
    for (const [number, security] of [
      [257, 'security-public'],
      [513, ''],
    ] as const) {
      const body = Buffer.from(entry(number, { security }));
      await vault.append(page(number, { url: address(number), body, access: account }), 'restricted');
    }
    await vault.close();
    const { refs, summary } = await adding(join(from, 'restricted.warc.gz'));
    expect(summary).toMatchObject({ added: 2, skipped: [] });
    expect(refs.map((ref) => [ref.url, ref.restricted, ref.access])).toEqual([
      [address(257), false, account],
      [address(513), true, account],
    ]);
  });

  it.skipIf(!haveProgram('wget'))('are read as wget makes them', async () => {
    const server = createServer((req, res) => {
      const number = Number(/\/(\d+)\.html/.exec(req.url ?? '')?.[1]);
      if (!number) return void res.writeHead(404).end();
      if (number === 1) return void res.writeHead(302, { location: '/257.html' }).end();
      res.writeHead(200, { 'content-type': 'text/html', 'set-cookie': 'a=SECRET' });
      // In chunks, since no length is said.
      for (const part of entry(number).match(/[\s\S]{1,100}/g) ?? []) res.write(part);
      res.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const folder = tempFolder();
    const args = ['-q', '--warc-file=w', '--delete-after', ...[1, 257, 513].map((n) => `${base}/${n}.html`)];
    const child = spawn('wget', args, { cwd: folder, env: { ...process.env, no_proxy: '*' } });
    await new Promise((resolve) => child.on('close', resolve));
    server.close();
    const { summary, captures } = await adding(join(folder, 'w.warc.gz'));
    // 257 was got twice: by its redirect and by itself.
    expect(summary).toMatchObject({ added: 3, alreadyThere: 1, skipped: [] });
    const bodies = Object.fromEntries(captures.map((capture) => [capture.url, Buffer.from(capture.body).toString()]));
    expect(bodies).toEqual({
      [`${base}/1.html`]: '',
      [`${base}/257.html`]: entry(257),
      [`${base}/513.html`]: entry(513),
    });
  });
});

it('joins chunks, and knows what is not in chunks', () => {
  expect(
    Buffer.from(dechunk(Buffer.from('3\r\nabc\r\nA;n="v"\r\n0123456789\r\n0\r\nX: y\r\n\r\n')) ?? []).toString(),
  ).toBe('abc0123456789');
  for (const text of [
    '',
    '<html>',
    '3\r\nab',
    '3\r\nabc\r\n',
    'zz\r\nabc\r\n0\r\n\r\n',
    'FFFFFFFFFFFFFFFFF\r\n',
    '5',
  ]) {
    expect(dechunk(Buffer.from(text)), text).toBeUndefined();
  }
});

it('leaves a file that may not be read, and says so', async () => {
  if (process.getuid?.() === 0) return console.log('left out: root may read everything');
  const folder = lay({
    'a.html': entry(257, { head: canonical(257) }),
    'b.html': entry(513, { head: canonical(513) }),
  });
  chmodSync(join(folder, 'a.html'), 0);
  const { summary, urls } = await adding(folder);
  expect(urls).toEqual([address(513)]);
  expect(why(summary, 'a.html')).toEqual(["it can't be read (EACCES)"]);
});
