import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib';

type Unpack = (packed: Uint8Array, options: ZlibOptions) => Promise<Buffer>;

const unpackGzip: Unpack = promisify(gunzip);
const unpackZlib: Unpack = promisify(inflate);
const unpackRaw: Unpack = promisify(inflateRaw);
const unpackBrotli = promisify(brotliDecompress) as Unpack;

/** `deflate` means zlib by the standard and bare deflate by custom; the first byte tells. */
const unpackDeflate: Unpack = (packed, options) =>
  ((packed[0] ?? 0) & 0x0f) === 8 ? unpackZlib(packed, options) : unpackRaw(packed, options);

const UNPACK: Record<string, Unpack> = {
  gzip: unpackGzip,
  'x-gzip': unpackGzip,
  deflate: unpackDeflate,
  br: unpackBrotli,
};

/** What is asked for, and nothing that couldn't be unpacked here. */
export const ACCEPT_ENCODING = 'gzip, deflate, br';

/**
 * Undoes a response's Content-Encoding; the text's own charset is left alone.
 * @param most bytes the result may have. A body that would unpack to more is cut off while it unpacks, not after.
 * @throws an Error with the `code` of zlib (cut short, damaged), ERR_BUFFER_TOO_LARGE, or FICFERRY_ENCODING
 */
export async function decode(body: Uint8Array, encoding: string | undefined, most: number): Promise<Uint8Array> {
  const layers = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  let plain = body;
  for (const name of layers.reverse()) {
    // Redirects often carry the header over a body of no bytes at all.
    if (plain.length === 0) break;
    const unpack = UNPACK[name];
    if (!unpack) throw Object.assign(new Error('unknown Content-Encoding'), { code: 'FICFERRY_ENCODING' });
    plain = await unpack(plain, { maxOutputLength: most });
  }
  return plain;
}
