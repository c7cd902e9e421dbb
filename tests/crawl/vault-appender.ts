/** A child process that appends pages to the vault in argv[2] until it is killed, and says which it has stored. */
import { writeSync } from 'node:fs';
import { Vault } from '../../src/crawl/vault/vault.js';

const vault = await Vault.open(process.argv[2] as string);
const run = process.argv[3] as string;
for (let i = 0; ; i++) {
  const url = `https://somebody.dreamwidth.org/run-${run}-${i}`;
  // Sizes vary, and some pages do not compress, so that kills hit records of every length.
  const body = Buffer.from(Array.from({ length: (i * 911) % 9000 }, (_, at) => (at * at * (i + 7)) & 0xff));
  const time = new Date().toISOString();
  const headers = { 'content-type': 'text/html' };
  const where = i % 3 === 0 ? 'restricted' : 'open';
  await vault.append({ url, time, status: 200, headers, body, access: { adult: false, account: false } }, where);
  writeSync(1, `${url} ${body.length}\n`);
}
