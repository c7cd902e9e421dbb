/** What some bytes are a picture of, by how they begin: labels of old hosts lie, and so do pages that stand in for what is gone. */
import type { PictureType } from '../../config/images.js';

/** @returns undefined for what is no picture */
export function pictureKind(body: Uint8Array, types: readonly PictureType[]): PictureType | undefined {
  return types.find(({ begins }) => {
    const bytes = begins.split(' ');
    return (
      body.length >= bytes.length && bytes.every((byte, at) => byte === '..' || Number.parseInt(byte, 16) === body[at])
    );
  });
}
