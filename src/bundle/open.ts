/** A finished bundle, opened to be handed on: its list of works, and its files one by one. */
import { FicferryError } from '../errors.js';
import { Bundle } from './format.js';
import { openBag } from './source.js';

export interface OpenBundle {
  bundle: Bundle;
  /** A file's bytes; `path` is relative to `data/`, as `bundle.json` names it. */
  read(path: string): Promise<Buffer>;
  close(): Promise<void>;
}

/**
 * Opens a bundle's folder or ZIP. Its digests are not checked; `verifyBundle` does that.
 * @throws FicferryError NOT_FOUND where there is none, BUNDLE_DAMAGED where its list of works can't be read
 */
export async function openBundle(path: string): Promise<OpenBundle> {
  const source = await openBag(path, () => undefined);
  const read = async (name: string): Promise<Buffer> => {
    const pieces: Buffer[] = [];
    if (!source.paths.includes(`data/${name}`)) throw damaged(path, `${name} is missing`);
    for await (const piece of source.read(`data/${name}`)) pieces.push(piece);
    return Buffer.concat(pieces);
  };
  try {
    const text = (await read('bundle.json')).toString('utf8');
    return { bundle: parse(text, path), read, close: () => source.close() };
  } catch (error) {
    await source.close();
    throw error;
  }
}

function parse(text: string, path: string): Bundle {
  try {
    return Bundle.parse(JSON.parse(text));
  } catch (error) {
    throw damaged(path, 'its bundle.json is not one of this version', error);
  }
}

function damaged(path: string, why: string, cause?: unknown): FicferryError {
  const advice = 'Make it again with "ficferry bundle".';
  return new FicferryError('BUNDLE_DAMAGED', `The bundle ${path} can't be used: ${why}`, advice, { cause });
}
