/**
 * One gzip member: what a WARC record is packed in, so that it can be read alone.
 *
 * `zlib.gunzip` goes on into the next member and passes over whatever follows the last one. Here the deflate stream is
 * inflated alone, so that its exact length is known and its checksum is compared.
 */
import { crc32, gzipSync, inflateRawSync } from 'node:zlib';

/**
 * The header of every member of a vault: deflate, no name, no time, "Unix". zlib writes the platform into the last
 * byte; it is set here, so that the header (which no checksum covers) can be compared whole.
 */
export const MEMBER_HEADER = Buffer.from([0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 0x03]);
/** CRC-32 and length of the content, four bytes each. */
const TRAILER = 8;

export function packMember(content: Uint8Array): Buffer {
  const member = gzipSync(content);
  MEMBER_HEADER.copy(member);
  return member;
}

export interface Member {
  content: Buffer;
  /** Bytes the packed member takes. */
  length: number;
}

/**
 * Unpacks the member that `bytes` begins with; more may follow it.
 * @returns `short` where the member goes on past the end of `bytes`, `bad` where no whole member begins here
 */
export function unpackMember(bytes: Buffer): Member | 'short' | 'bad' {
  const head = bytes.subarray(0, MEMBER_HEADER.length);
  if (!head.equals(MEMBER_HEADER.subarray(0, head.length))) return 'bad';
  if (head.length < MEMBER_HEADER.length) return 'short';
  let inflated: { buffer: Buffer; engine: { bytesWritten: number } };
  try {
    // `info` returns the engine too, which knows how much it consumed; the types do not say so.
    inflated = inflateRawSync(bytes.subarray(MEMBER_HEADER.length), { info: true, chunkSize: 128 * 1024 }) as never;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR' ? 'short' : 'bad';
  }
  const trailer = MEMBER_HEADER.length + inflated.engine.bytesWritten;
  if (bytes.length < trailer + TRAILER) return 'short';
  const content = inflated.buffer;
  const sound = bytes.readUInt32LE(trailer) === crc32(content) && bytes.readUInt32LE(trailer + 4) === content.length;
  return sound ? { content, length: trailer + TRAILER } : 'bad';
}
