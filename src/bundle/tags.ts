/** What the archive takes as the name of a tag, and how it counts characters. */
import type { ArchivesFile } from '../config/archives.js';

type Archive = ArchivesFile['archive'];
/** What a tag is held against. */
export type TagRules = Pick<Archive, 'tagForbidden'> & { limits: Pick<Archive['limits'], 'tag'> };

/** Whether the archive takes `name` as a tag as it stands. */
export function fitsAsTag(name: string, archive: TagRules): boolean {
  return tagTrouble(name, archive) === undefined;
}

/** Length as the archive counts it: characters, not UTF-16 units. */
export function characters(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length - 1; at++) {
    const code = text.charCodeAt(at);
    if (code < 0xd800 || code > 0xdbff) continue;
    const next = text.charCodeAt(at + 1);
    if (next >= 0xdc00 && next <= 0xdfff) {
      length--;
      at++;
    }
  }
  return length;
}

/** Why the archive does not take `name` as a tag, as the end of a sentence; undefined where it does. */
export function tagTrouble(name: string, archive: TagRules): string | undefined {
  if (name.trim() === '') return 'is empty';
  if (characters(name) > archive.limits.tag) return `is longer than ${count(archive.limits.tag)}`;
  const forbidden = [...name].find((char) => archive.tagForbidden.includes(char));
  return forbidden === undefined ? undefined : `holds "${forbidden}", which no tag may`;
}

/** "1,250 characters". */
export function count(characters: number): string {
  return characters === 1 ? '1 character' : `${characters.toLocaleString('en-US')} characters`;
}
