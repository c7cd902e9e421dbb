/** Saved pages in an old charset, and of broken text, through the whole of `ficferry read`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { drawEntry, type Place } from '../journal/pages.js';
import type { Post } from '../journal/posts.js';
import { ficferry, inFolder } from './program.js';

const place: Place = {
  scheme: 'https',
  host: 'tarn-wick.livejournal.com',
  www: 'www.livejournal.com',
  journal: 'tarn_wick',
};
const post: Post = {
  itemid: 91,
  anum: 160,
  style: 'light',
  subject: 'Тихий дом',
  at: '2006-03-03T12:30',
  tags: ['драма'],
  is: 'fic',
  body: `Название: Тихий дом<br />Автор: tarn_wick<br />Фандом: Стеклянная линия<br />Рейтинг: PG<br /><br />${'Она вернулась поздно вечером и долго стояла у окна. '.repeat(20)}`,
};

async function read(bytes: Buffer): Promise<{ json: Record<string, never>; told: string }> {
  return inFolder(async (folder) => {
    const file = join(folder, 'page.html');
    writeFileSync(file, bytes);
    const url = ['--url', 'https://tarn-wick.livejournal.com/23456.html'];
    const json = await ficferry(['read', file, ...url]);
    const told = await ficferry(['read', file, ...url, '--explain']);
    expect([json.code, told.code]).toEqual([0, 0]);
    return { json: JSON.parse(json.stdout), told: told.stdout };
  });
}

it.each(['koi8-r', 'windows-1251'])('a page in %s whose label says UTF-8', async (charset) => {
  const { json, told } = await read(iconv.encode(drawEntry(place, post, post.body), charset));
  expect(json).toMatchObject({
    kind: 'fic',
    entry: { subject: 'Тихий дом', tags: ['драма'] },
    header: { title: 'Тихий дом', rating: 'PG' },
    body: { markdown: expect.stringMatching(/^Она вернулась поздно вечером/) },
  });
  expect(told).not.toMatch(/mended|garbled/);
});

it('a page whose text was broken before it was posted', async () => {
  const broken = (text: string) => iconv.decode(Buffer.from(text, 'utf8'), 'windows-1251');
  const body = `${broken(post.body)}<br /><br />“Don&acirc;&euro;&trade;t,” she said in the caf\ufffd.`;
  const page = drawEntry(place, { ...post, subject: broken('Тихий дом'), tags: [broken('драма')] }, body);
  const { json, told } = await read(Buffer.from(page, 'utf8'));
  expect(json).toMatchObject({
    kind: 'fic',
    entry: {
      subject: 'Тихий дом',
      tags: ['драма'],
      mended: { raw: 'РўРёС…РёР№', read: 'Тихий' },
      garbled: { places: 1, raw: 'caf\ufffd.' },
    },
    header: { title: 'Тихий дом', rating: 'PG' },
    body: { markdown: expect.stringContaining('“Don’t,” she said') },
  });
  expect(told).toMatch(/mended +\d+ places of broken characters: “РўРёС…РёР№” read as “Тихий”/);
  expect(told).toMatch(/garbled +1 place of lost or broken characters left: “caf\ufffd\.”/);
});
