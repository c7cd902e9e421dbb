/** Readers of EPUBs that are not ours. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CHECK = fileURLToPath(new URL('Check.java', import.meta.url));

/** What epubcheck says of some books: a line for each error and warning, and "checked PATH" for each book. */
export function epubcheck(jar: string, books: readonly string[]): string[] {
  // The first compiler alone: the second would take longer than it saves.
  const flags = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', jar];
  const said = execFileSync('java', [...flags, CHECK, ...books], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return said.split('\n').filter((line) => line !== '' && !line.startsWith('Validating'));
}

/** Python's ZIP and strict XML parser: the text under `id="text"` of each document, blocks and breaks parted by newlines. */
const READ = `
import json, sys, zipfile, xml.etree.ElementTree as tree
X = '{http://www.w3.org/1999/xhtml}'
PARTING = {X + name for name in 'p div blockquote ul ol li table caption thead tbody tfoot tr th td h1 h2 h3 h4 h5 h6 pre dl dt dd figure figcaption br hr'.split()}
def walk(element, out):
    edge = '\\n' if element.tag in PARTING else ''
    out.append(edge + (element.text or ''))
    for child in element:
        walk(child, out)
        out.append(child.tail or '')
    out.append(edge)
book = zipfile.ZipFile(sys.argv[1])
texts = {}
for name in book.namelist():
    if not name.endswith(('.xhtml', '.opf', '.xml')): continue
    root = tree.fromstring(book.read(name))
    for element in root.iter(X + 'div'):
        if element.get('id') == 'text':
            out = []
            walk(element, out)
            texts[name] = ''.join(out)
json.dump(texts, sys.stdout)
`;

/** By the document's name in the container. Fails where any document of the book is no well-formed XML. */
export function chapterTexts(book: string): Record<string, string> {
  return JSON.parse(execFileSync('python3', ['-c', READ, book], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }));
}

/** One file of a book, by unzip. */
export function inBook(book: string, name: string): string {
  return execFileSync('unzip', ['-p', book, name], { encoding: 'utf8' });
}

export function names(book: string): string[] {
  return execFileSync('unzip', ['-Z1', book], { encoding: 'utf8' }).trim().split('\n');
}

/** When the files of a book were made, as it says. */
export function dates(book: string): string[] {
  return execFileSync('unzip', ['-l', book], { encoding: 'utf8' }).match(/\d{4}-\d\d-\d\d \d\d:\d\d/g) ?? [];
}
