/** What a post calls itself: a title of its own, or a part's name or number and nothing more. */
import type { Config } from '../config.js';
import { namedPlace, partMark } from './linkRelation.js';
import { type NamedPlace, phrasesOf, phraseWords } from './phrases.js';
import type { FicRecord } from './records.js';
import { titleKey } from './titles.js';

export interface PartName {
  /** Key of the title; empty where the post has none of its own ("Chapter 3", "Epilogue: The Shore"). */
  title: string;
  number?: number;
  /** Of a part that has a name in place of a number, be it beside a title ("The Long Tide: Epilogue") or alone. */
  named?: NamedPlace;
}

export function partNameOf({ header, entry }: FicRecord, config: Config): PartName {
  const phrases = phrasesOf(config);
  const written = header.title ?? entry.subject ?? '';
  const number = header.part?.number;
  const named = number === undefined ? namedPlace(phraseWords(header.chapterTitle ?? ''), phrases) : undefined;
  const head = written.split(/[:–—|]|\s-\s/)[0] ?? '';
  const alone = namedPlace(phraseWords(head), phrases);
  if (alone !== undefined && phraseWords(head).length <= 2)
    return { title: '', ...(number === undefined ? { named: alone } : { number }) };
  if (
    number !== undefined &&
    header.title === undefined &&
    partMark(phraseWords(head).slice(0, 2), phrases)?.number === number
  )
    return { title: '', number };
  return { title: titleKey(written, config), ...(number !== undefined && { number }), ...(named && { named }) };
}
