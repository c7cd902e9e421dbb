/** The vault of a run, and the stories in it. */
import type { Story } from '../bundle/index.js';
import { tidyMemory } from '../common/memory.js';
import { readStory, Vault } from '../crawl/index.js';
import { readFic } from '../fic/index.js';
import { textLink } from '../journal/index.js';
import type { EntryKey } from '../model.js';
import { type Run, vaultFolder } from './run.js';

/** @throws FicferryError NO_VAULT (read-only), VAULT_DAMAGED, DISK */
export async function openVault(run: Run, options: { readOnly?: boolean } = {}): Promise<Vault & AsyncDisposable> {
  const vault = await Vault.open(vaultFolder(run), { ...options, isSessionHop: (url) => run.sites.isSessionHop(url) });
  return Object.assign(vault, { [Symbol.asyncDispose]: () => vault.close() });
}

/** Reads an entry's story, which a census has met. */
export async function storyOf(vault: Vault, run: Run, key: EntryKey): Promise<Story> {
  tidyMemory();
  const stored = await readStory(vault, run.sites, key);
  if (stored?.reading.kind !== 'entry') throw new Error(`${key} was in the vault a moment ago`);
  const { entry } = stored.reading;
  // Of the entry its links need these alone; its body is not kept with the story.
  const { site, journal, number, url } = entry;
  const leadsTo = (href: string) => textLink(run.sites, href, { site, journal, number, url });
  return { html: readFic(entry, run.config).html, leadsTo };
}
