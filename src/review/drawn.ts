/** Values as lines of YAML, in the looks of the example in docs/decisions.md. */
import { Document, isCollection, isScalar, type Scalar, visit, type YAMLMap, type YAMLSeq } from 'yaml';

export const OPTIONS = { lineWidth: 0, flowCollectionPadding: false } as const;

/** A list of names stands on one line up to so many characters. */
const LONGEST_LINE = 100;

/** `key: value`, its key at `column`. */
export function drawnPair(key: string, value: unknown, column: number): string[] {
  return indented(documentOf({ [key]: value }), column);
}

/** What comes behind the colon of a key at `column`: the rest of its line, then further lines. @param flow all on one line */
export function drawnValue(value: unknown, column: number, flow = false): string[] {
  const document = documentOf({ k: value });
  if (flow) visit(document, { Pair: (_, { value: node }) => void (isCollection(node) && flatten(node)) });
  const [first, ...rest] = indented(document, column) as [string, ...string[]];
  return [first.slice(column + 2), ...rest];
}

function flatten(node: YAMLMap | YAMLSeq): void {
  node.flow = true;
}

function documentOf(value: unknown): Document {
  const document = new Document(value);
  visit(document, {
    Scalar: (_, node) => {
      // A block that keeps the blank lines at its end would take those that stand behind it too.
      if (typeof node.value === 'string' && /(^|\n)\s*\n$/.test(node.value)) node.type = 'QUOTE_DOUBLE';
    },
    Seq: (_, node) => {
      if (node.items.every(isShort) && lengthOf(node.items as Scalar[]) <= LONGEST_LINE) flatten(node);
    },
  });
  return document;
}

function isShort(item: unknown): boolean {
  return isScalar(item) && !(typeof item.value === 'string' && item.value.includes('\n'));
}

function lengthOf(items: readonly Scalar[]): number {
  return items.reduce((sum, { value }) => sum + String(value).length + 2, 0);
}

function indented(document: Document, column: number): string[] {
  const lines = document.toString(OPTIONS).replace(/\n$/, '').split('\n');
  return lines.map((line) => (line === '' ? line : ' '.repeat(column) + line));
}
