/** Names of fandoms as they are compared between a journal and an archive. */
import { plainName, Vocabulary, type VocabularyConfig } from './vocabulary.js';
import { keyOf } from './words.js';

/**
 * Every form in which a fandom's name may be met: as written, as the vocabulary's fandoms that the words may mean, each of the
 * names in several scripts that an archive joins ("原神 | Genshin Impact"), without what tells it from namesakes
 * ("Merlin (TV)"), and without its author ("Harry Potter - J. K. Rowling"). Two names with a form in common are of one fandom.
 */
export function fandomKeys(name: string, config: VocabularyConfig): Set<string> {
  const keys = new Set<string>();
  for (const known of [name, ...Vocabulary.of(config).fandom(name)]) {
    for (const form of [known, ...known.split(/ ?[|｜] ?/)]) {
      const plain = plainName(form.trim()).replace(/ & Related Fandoms$/i, '');
      for (const one of [form, plain, plain.replace(/ - [^-]+$/, '')]) {
        const key = keyOf(one);
        if (key) keys.add(key);
      }
    }
  }
  return keys;
}
