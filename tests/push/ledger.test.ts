/** push.jsonl: what it says after whatever became of its last lines. */
import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { knownFrom, Ledger, type LedgerLine, ledgerFile, pushedFrom, readLedger } from '../../src/push/index.js';
import { inFolder } from '../cli/program.js';

const ARCHIVE = 'https://archive.example.org/';
const one = {
  id: 'one',
  title: 'One',
  entries: ['livejournal/c/257', 'livejournal/c/513'],
  url: 'https://h.example/one/01.html',
};
const two = { id: 'two', title: 'Two', entries: ['livejournal/c/769'], url: 'https://h.example/two/01.html' };
const stamp = { time: '2026-01-01T00:00:00.000Z', archive: ARCHIVE };
const sending: LedgerLine = { type: 'sending', ...stamp, works: [one, two] };
const created: LedgerLine = {
  type: 'answer',
  ...stamp,
  work: one,
  status: 'created',
  archiveUrl: `${ARCHIVE}works/7`,
  messages: [],
};
const refused: LedgerLine = { type: 'answer', ...stamp, work: two, status: 'unprocessable_entity', messages: ['No.'] };

describe('the record', () => {
  it('says of each post what the last line about it says; that a work is there is never taken back', () => {
    const known = knownFrom([sending, created, refused, sending], ARCHIVE);
    expect([...known].map(([key, { state }]) => [key, state])).toEqual([
      ['livejournal/c/257', 'there'],
      ['livejournal/c/513', 'there'],
      ['livejournal/c/769', 'uncertain'],
    ]);
    expect(knownFrom([sending, created], 'https://other.example/').size).toBe(0);
  });

  it('loses a line that a crash cut, wherever it was cut, and no other', async () => {
    await inFolder(async (folder) => {
      const ledger = new Ledger(folder);
      ledger.write(sending);
      const before = statSync(ledgerFile(folder)).size;
      ledger.write(created);
      ledger.close();
      const whole = readFileSync(ledgerFile(folder));
      for (let size = before; size < whole.length; size++) {
        writeFileSync(ledgerFile(folder), whole);
        truncateSync(ledgerFile(folder), size);
        expect(readLedger(folder)).toEqual([sending]);
        const again = new Ledger(folder);
        again.write(refused);
        again.close();
        expect(readLedger(folder)).toEqual([sending, refused]);
      }
    });
  });

  it('is refused where a line is another’s, since works would be sent twice by it', async () => {
    await inFolder(async (folder) => {
      appendFileSync(ledgerFile(folder), `${JSON.stringify(sending)}\n{"type":"created"}\n`);
      expect(() => readLedger(folder)).toThrow(/push\.jsonl, line 2 can't be read/);
    });
  });

  it('is for its owner’s eyes', async () => {
    await inFolder(async (folder) => {
      new Ledger(folder).close();
      expect(statSync(ledgerFile(folder)).mode & 0o777).toBe(0o600);
    });
  });

  it('counts a work as moved where the archive is a real one', () => {
    const local = { ...created, archive: 'http://127.0.0.1:3000/' } as LedgerLine;
    expect([...pushedFrom([sending, created, local])]).toEqual([
      ['livejournal/c/257', `${ARCHIVE}works/7`],
      ['livejournal/c/513', `${ARCHIVE}works/7`],
    ]);
    expect(pushedFrom([local]).size).toBe(0);
  });
});
