/** Answers whose bodies are broken, endless, empty or wrongly labelled. */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import {
  always,
  both,
  entry,
  fromThenOn,
  type Group,
  type Here,
  html,
  light,
  once,
  page,
  step,
  timesEach,
} from './fault.js';

const NOTHING = 'Nothing.';
const LOOK = 'Open that entry in a browser; if it shows, save the page and add it with `ficferry add`.';

export const bodies: Group = {
  title: 'Pages arrive broken',
  faults: [
    {
      name: 'The connection breaks before an answer',
      does: 'Tries again.',
      exit: 0,
      author: NOTHING,
      ill: () => once(entry(6), (response) => void response.socket?.resetAndDestroy()),
      says: /^waiting 1 s: the connection broke off, trying again \(2 of 5\)$/,
    },
    {
      name: 'The connection breaks in the middle of a page',
      does: 'Throws the half away and tries again.',
      exit: 0,
      author: NOTHING,
      ill: (here) =>
        once(entry(6), (response) => {
          const whole = here.page(6);
          response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': whole.length * 2 });
          response.write(whole.slice(0, whole.length / 2), () => response.socket?.resetAndDestroy());
        }),
      says: /^waiting 1 s: .*trying again \(2 of 5\)$/,
    },
    {
      name: 'A page is shorter than its Content-Length',
      does: 'Throws it away and tries again.',
      exit: 0,
      author: NOTHING,
      ill: (here) =>
        once(entry(6), (response) => raw(response, here.page(6), (length) => `Content-Length: ${length + 500}`)),
      says: /^waiting 1 s: its answer was cut short, trying again/,
    },
    {
      name: 'A chunked page ends before its last chunk',
      does: 'Throws it away and tries again.',
      exit: 0,
      author: NOTHING,
      ill: (here) =>
        once(entry(6), (response) => {
          const half = here.page(6).slice(0, 3000);
          response.socket?.end(
            `HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n${half.length.toString(16)}\r\n${half}\r\n`,
          );
        }),
      says: /^waiting 1 s: .*trying again/,
    },
    {
      name: 'A page is longer than its Content-Length',
      does: 'Throws it away and tries again.',
      exit: 0,
      author: NOTHING,
      ill: (here) =>
        once(entry(6), (response) => raw(response, here.page(6), () => `Content-Length: ${cut(here).length}`)),
      says: /^waiting 1 s: its answer is no HTTP, trying again/,
    },
    {
      name: 'The end of a page is missing, and nothing else shows it',
      does: 'Sees that the page breaks off in the story, and takes the entry from another view.',
      exit: 0,
      author: NOTHING,
      ill: (here) => once(entry(6), html(cut(here))),
      also: ({ asked }) =>
        asked.some(({ path }) => path === '/1548.html') ? undefined : 'it was not asked for in another view',
    },
    {
      name: 'The end of one entry’s page is missing, for good',
      does: 'Leaves the entry out as unreadable, and carries all others.',
      exit: 4,
      author: LOOK,
      ill: (here) => always(entry(6), html(cut(here))),
      says: /^ {2}1 unreadable: these need a look$/,
    },
    {
      name: 'A page without end',
      does: 'Gives it up at 32 MB, leaves the entry out as unreadable, and carries all others.',
      exit: 4,
      author: LOOK,
      ill: () =>
        always(entry(6), (response) => {
          response.writeHead(200, { 'content-type': 'text/html' });
          const more = () => {
            while (!response.destroyed && response.write(Buffer.alloc(65_536, 'x')));
          };
          response.on('drain', more);
          more();
        }),
      bounds: { body: 300_000 },
      says: /its answer is larger than any page of a journal; going on without this page/,
    },
    {
      name: 'A page at one byte a second',
      does: 'Gives it up after two and a half minutes, and tries again, three times in all.',
      exit: 0,
      author: NOTHING,
      ill: () =>
        once(entry(6), (response) => {
          response.writeHead(200, { 'content-type': 'text/html' });
          const timer = setInterval(() => response.write('x'), 20);
          response.on('close', () => clearInterval(timer));
        }),
      bounds: { whole: 400 },
      says: /^waiting 1 s: its answer took too long, trying again \(2 of 3\)$/,
    },
    {
      name: 'A page that stops in the middle and never ends',
      does: 'Gives it up after half a minute of silence, and tries again, three times in all.',
      exit: 0,
      author: NOTHING,
      ill: (here) => once(entry(6), (response) => void response.writeHead(200).write(here.page(6).slice(0, 2000))),
      bounds: { idle: 400 },
      says: /^waiting 1 s: its answer took too long, trying again \(2 of 3\)$/,
    },
    {
      name: 'A gzip bomb',
      does: 'Stops unpacking at 32 MB, leaves the entry out as unreadable, and carries all others.',
      exit: 4,
      author: LOOK,
      ill: () => always(entry(6), packed(gzipSync(Buffer.alloc(3_000_000)))),
      bounds: { body: 300_000 },
      says: /its answer unpacks to more than any page of a journal; going on without this page/,
    },
    {
      name: 'A damaged gzip body',
      does: 'Throws it away and tries again.',
      exit: 0,
      author: NOTHING,
      ill: (here) =>
        once(entry(6), (response) => {
          const body = gzipSync(here.page(6));
          body[40] = (body[40] as number) ^ 0xff;
          packed(body)(response);
        }),
      says: /^waiting 1 s: its answer was damaged on the way, trying again/,
    },
    {
      name: 'Something that is no HTTP',
      does: 'Tries again.',
      exit: 0,
      author: NOTHING,
      ill: () => once(entry(6), (response) => void response.socket?.end('220 mail.example ESMTP\r\n')),
      says: /^waiting 1 s: its answer is no HTTP, trying again/,
    },
    {
      name: 'A page labelled with a charset that it isn’t in',
      does: 'Reads it in the charset that its bytes are in.',
      exit: 0,
      author: NOTHING,
      ill: (here) => {
        let nth = 0;
        const labels = ['windows-1251', 'iso-8859-1', 'koi8-r', 'x-unheard-of', 'windows-1252'];
        return always(entry(), (response, { path }) => {
          const itemid = Number(path.slice(1).split('.')[0]) >> 8;
          // Russian in windows-1251 that calls itself UTF-8; everything else in UTF-8 that calls itself another
          const [label, body] =
            itemid === 11
              ? ['utf-8', iconv.encode(here.page(11), 'win1251')]
              : [labels[nth++ % labels.length], Buffer.from(relabelled(here.page(itemid)))];
          response.writeHead(200, { 'content-type': `text/html; charset=${label}` }).end(body);
        });
      },
    },
    {
      name: 'An empty page, with status 200',
      does: 'Tries again.',
      exit: 0,
      author: NOTHING,
      ill: () => timesEach(2, page, html('')),
      says: /^waiting 2 s: its answer was empty, trying again \(3 of 5\)$/,
    },
    {
      name: 'An empty page in place of one entry, for good',
      does: 'Leaves the entry out as unreadable, and carries all others.',
      exit: 4,
      author: LOOK,
      ill: () => always(entry(6), html(' \n')),
      says: /its answer was empty, 5 times over; going on without this page/,
    },
    {
      name: 'Empty pages in place of every page, from some moment on',
      does: 'Stops.',
      exit: 3,
      author: 'Run the same command later.',
      ill: () => always(fromThenOn(step(7)), html('')),
      says: /gave no usable answer to .*: its answer was empty, 5 times over$/,
    },
    {
      name: 'An empty page in one view of an entry',
      does: 'Takes the entry from another view.',
      exit: 0,
      author: NOTHING,
      ill: () => always(both(entry(), light), html('')),
    },
  ],
};

/** The page as bytes on the wire, with a header of our own; the connection ends behind it. */
function raw(response: ServerResponse, body: string, header: (length: number) => string): void {
  const bytes = Buffer.from(body);
  const head = `HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n${header(bytes.length)}\r\n\r\n`;
  response.socket?.end(Buffer.concat([Buffer.from(head), bytes]));
}

/** The page up to the middle of its story. */
function cut(here: Here): string {
  const page = here.page(6);
  return page.slice(0, page.indexOf('reading a sign aloud'));
}

const packed = (body: Buffer) => (response: ServerResponse) =>
  void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'gzip' }).end(body);

/** Without the page's own, true word on its charset. */
function relabelled(page: string): string {
  return page.replace(/<meta charset="utf-8">/g, '');
}
