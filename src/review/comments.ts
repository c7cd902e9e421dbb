/** The comments of a YAML text, and where they stand. */
import type { CST } from 'yaml';

export interface Comment {
  /** From its `#` to the end of its line. */
  from: number;
  to: number;
  /** Nothing stands before it on its line. */
  ownLine: boolean;
}

/** In the order of the text. What looks like a comment and is a text's own line is none. @param tokens of the text's syntax tree */
export function commentsOf(text: string, tokens: readonly CST.Token[]): Comment[] {
  const found: Comment[] = [];
  const left: unknown[] = [...tokens];
  while (left.length > 0) {
    const part = left.pop();
    if (typeof part !== 'object' || part === null) continue;
    if (isComment(part)) found.push(placeOf(text, part));
    else left.push(...Object.values(part));
  }
  return found.sort((a, b) => a.from - b.from);
}

function placeOf(text: string, { offset, source }: CST.SourceToken): Comment {
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return { from: offset, to: offset + source.trimEnd().length, ownLine: before.trim() === '' };
}

function isComment(part: object): part is CST.SourceToken {
  return 'type' in part && part.type === 'comment';
}
