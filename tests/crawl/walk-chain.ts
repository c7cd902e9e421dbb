/** A chain of entries in memory that answers a walk, for tests: no network, no vault, no pages. */
import { loadConfig } from '../../src/config.js';
import type { Answer, Asker } from '../../src/crawl/walk/visit.js';
import { type Place, Sites } from '../../src/journal/index.js';
import type { Entry, Reading } from '../../src/model.js';

const config = loadConfig();
export const sites = new Sites(config);
const dreamwidth = config.sites.dreamwidth;
if (!dreamwidth) throw new Error('the shipped config has no dreamwidth');
/** The same site without go addresses: pages must be read for links. */
export const siteWithoutGo = new Sites({
  ...config,
  sites: { dreamwidth: { ...dreamwidth, go: '', addresses: { ...dreamwidth.addresses, go: [] } } },
});

export function place(number: number, journal = 'lamp_room'): Place {
  return { site: 'dreamwidth', domain: 'dreamwidth.org', journal, number };
}

export function url(number: number, journal?: string): string {
  return sites.entryUrl(place(number, journal));
}

export function go(number: number, dir: 'prev' | 'next'): string {
  return sites.goUrl(place(number), dir) as string;
}

export function entry(number: number, more: Partial<Entry> = {}): Reading {
  return {
    kind: 'entry',
    entry: {
      site: 'dreamwidth',
      journal: 'lamp_room',
      number,
      url: url(number),
      tags: ['fic'],
      postedAt: '2004-01-03T10:12:00',
      security: 'public',
      layout: 'test',
      body: { form: 'rendered', html: '' },
      ...more,
    },
  };
}

/** Answers from a table of plain addresses; what isn't in it is unreadable. */
export class FakeSite implements Asker {
  readonly answers = new Map<string, Reading>();
  /** Answers that come out of a vault, as they were when they were got, unless they are asked for `again`. */
  readonly held = new Map<string, Reading>();
  readonly asks: string[] = [];
  readonly closerLooks: string[] = [];

  /** Entries in journal order, joined by go addresses. */
  static chain(...numbers: number[]): FakeSite {
    const site = new FakeSite();
    for (const number of numbers) site.answers.set(url(number), entry(number));
    site.join(...numbers);
    return site;
  }

  join(...numbers: number[]): this {
    for (const [index, number] of numbers.entries()) {
      const [before, after] = [numbers[index - 1], numbers[index + 1]];
      this.answers.set(
        go(number, 'prev'),
        before === undefined ? { kind: 'end' } : { kind: 'redirect', to: url(before) },
      );
      this.answers.set(
        go(number, 'next'),
        after === undefined ? { kind: 'end' } : { kind: 'redirect', to: url(after) },
      );
    }
    return this;
  }

  set(address: string, reading: Reading): this {
    this.answers.set(address, reading);
    return this;
  }

  holdAll(): this {
    for (const [address, reading] of this.answers) this.held.set(address, reading);
    this.asks.length = 0;
    return this;
  }

  async ask(address: string, { again = false } = {}): Promise<Answer> {
    const held = again ? undefined : this.held.get(address);
    if (held) return { reading: held, fromVault: true };
    this.asks.push(address);
    const reading = this.answers.get(address) ?? { kind: 'unreadable', reason: 'nothing to read' };
    this.held.set(address, reading);
    return { reading, fromVault: false };
  }

  async askNextView(address: string): Promise<Answer | undefined> {
    this.closerLooks.push(address);
    return undefined;
  }
}
