/** A picture as the vault knows it: its address followed through the redirects that were captured. */
import type { ImagesFile, PictureType } from '../../config/images.js';
import type { Capture } from '../../model.js';
import { isWebAddress, locationOf, plain } from '../add/ess.js';
import type { CaptureRef } from '../vault/vault.js';
import { pictureKind } from './kind.js';

export type ImagesConfig = ImagesFile['images'];

/** The part of a vault that is read from. */
export interface PictureShelf {
  all(url: string): readonly CaptureRef[];
  read(ref: CaptureRef): Promise<Capture>;
}

/** Why there is no picture: a clause for people. */
export interface NoPicture {
  kind: 'none';
  why: string;
  /** Its host says that it is not there, so that nobody else will see it either. */
  gone: boolean;
}

export type StoredPicture =
  | { kind: 'picture'; type: PictureType; body: Uint8Array }
  | NoPicture
  /** The vault has no answer of this address, the picture's own or one that it leads to. */
  | { kind: 'unasked'; url: string };

/**
 * Looks a picture up. Every answer that is kept stands: what is not there, or is no picture, is not asked for again.
 * @param restricted whether answers count that were got for a locked entry
 * @throws FicferryError VAULT_DAMAGED
 */
export async function storedPicture(
  shelf: PictureShelf,
  address: string,
  restricted: boolean,
  images: Pick<ImagesConfig, 'redirects' | 'types'>,
): Promise<StoredPicture> {
  let url = address;
  for (let hops = 0; hops <= images.redirects; hops++) {
    if (!isWebAddress(url)) return none('its address is none that can be asked for', true);
    url = plain(url);
    const ref = shelf.all(url).findLast((one) => one.use === 'picture' && (restricted || !one.restricted));
    if (!ref) return { kind: 'unasked', url };
    const capture = await shelf.read(ref);
    const next = locationOf(capture, url);
    if (next === undefined) return verdict(capture, images.types);
    url = next;
  }
  return none('its address leads on and on', true);
}

function verdict({ status, body }: Capture, types: readonly PictureType[]): StoredPicture {
  if (status === 404 || status === 410) return none(`it is not there any more (${status})`, true);
  if (status !== 200) return none(`its host does not give it out (${status})`, false);
  const type = pictureKind(body, types);
  return type ? { kind: 'picture', type, body } : none('what stands there now is no picture', true);
}

function none(why: string, gone: boolean): NoPicture {
  return { kind: 'none', why, gone };
}
