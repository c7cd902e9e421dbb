/** What an archive's sanitiser would change in some HTML, told by the lists of `config/archives.yaml` and a parser of its own. */
import { readFileSync } from 'node:fs';
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';
import { parse } from 'yaml';
import { ArchivesFile } from '../../src/config/archives.js';

type Node = DefaultTreeAdapterMap['childNode'];

const { archive } = ArchivesFile.parse(
  parse(readFileSync(new URL('../../config/archives.yaml', import.meta.url), 'utf8')),
);
const ELEMENTS = new Set(archive.elements);
/** Of the attributes that hold addresses, the ways of getting there that the sanitiser leaves standing. */
const WAYS: Record<string, RegExp> = {
  href: /^(?:https?|ftp|mailto):/i,
  cite: /^(?:https?|ftp|mailto):/i,
  src: /^https?:/i,
};

/** One sentence for each thing that would not stand; none for HTML that the sanitiser leaves unchanged. */
export function refused(html: string): string[] {
  const found: string[] = [];
  const waiting: Node[] = [...parseFragment(html).childNodes];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.nodeName === '#comment') found.push('a comment');
    if (!('tagName' in node)) continue;
    waiting.push(...node.childNodes);
    const { tagName, attrs } = node;
    if (!ELEMENTS.has(tagName)) found.push(`<${tagName}>`);
    const may = [...(archive.attributes['*'] ?? []), ...(archive.attributes[tagName] ?? [])];
    for (const { name, value } of attrs) {
      if (!may.includes(name)) found.push(`<${tagName} ${name}>`);
      if (WAYS[name] && !WAYS[name].test(value)) found.push(`<${tagName} ${name}="${value}">`);
    }
  }
  return found;
}
