/**
 * The bytes of an archive, unpacked where it is packed: a gzip member for each record, or one for all.
 *
 * Members are unpacked one by one. Node's gunzip would do them all, but at a damaged one it drops what it had unpacked
 * of the one before.
 */
import type { FileHandle } from 'node:fs/promises';
import { crc32, createInflateRaw } from 'node:zlib';

const PIECE = 64 * 1024;

/**
 * Reads a file in pieces, unpacked where it begins as gzip does.
 * @throws an Error saying what is damaged and where, after all that stands before was given
 */
export async function* unpackedBytes(file: FileHandle): AsyncGenerator<Uint8Array> {
  const input = new Input(file);
  if (!(await input.startsAsGzip())) {
    for (let piece = await input.piece(); piece; piece = await input.piece()) yield piece;
    return;
  }
  for (let at = 0; !(await input.isAtEnd()); at = input.at) {
    try {
      await skipHeader(input);
      yield* unpackMember(input);
    } catch (error) {
      throw new Error(`the gzip member at byte ${at}: ${(error as Error).message}`, { cause: error });
    }
  }
}

/** A file read forward, with what was read too much put back. */
class Input {
  /** Bytes taken so far. */
  at = 0;
  readonly #file: FileHandle;
  #rest: Buffer = Buffer.alloc(0);
  #next = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async startsAsGzip(): Promise<boolean> {
    await this.#fill(2);
    return this.#rest.length >= 2 && this.#rest.readUInt16BE() === 0x1f8b;
  }

  async isAtEnd(): Promise<boolean> {
    await this.#fill(1);
    return this.#rest.length === 0;
  }

  async take(length: number): Promise<Buffer> {
    await this.#fill(length);
    if (this.#rest.length < length) throw new Error('it is cut short');
    return this.#give(length);
  }

  /** @returns undefined at the end of the file */
  async piece(): Promise<Buffer | undefined> {
    return (await this.isAtEnd()) ? undefined : this.#give(this.#rest.length);
  }

  putBack(bytes: Buffer): void {
    this.#rest = Buffer.concat([bytes, this.#rest]);
    this.at -= bytes.length;
  }

  #give(length: number): Buffer {
    const given = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    this.at += length;
    return given;
  }

  async #fill(length: number): Promise<void> {
    while (this.#rest.length < length) {
      const { bytesRead, buffer } = await this.#file.read(Buffer.alloc(PIECE), 0, PIECE, this.#next);
      if (bytesRead === 0) return;
      this.#next += bytesRead;
      this.#rest = Buffer.concat([this.#rest, buffer.subarray(0, bytesRead)]);
    }
  }
}

/** RFC 1952, 2.3: ten bytes, then what the flags say. */
async function skipHeader(input: Input): Promise<void> {
  const head = await input.take(10);
  const flags = head.readUInt8(3);
  if (head.readUInt16BE() !== 0x1f8b || head.readUInt8(2) !== 8 || flags > 31)
    throw new Error('it does not begin as gzip');
  if (flags & 4) await input.take((await input.take(2)).readUInt16LE());
  if (flags & 8) await skipText(input);
  if (flags & 16) await skipText(input);
  if (flags & 2) await input.take(2);
}

async function skipText(input: Input): Promise<void> {
  while ((await input.take(1)).readUInt8() !== 0);
}

async function* unpackMember(input: Input): AsyncGenerator<Uint8Array> {
  const inflater = createInflateRaw();
  const ready: Buffer[] = [];
  let failure: Error | undefined;
  let wake: () => void = () => {};
  inflater.on('data', (part: Buffer) => ready.push(part));
  inflater.on('error', (error) => {
    failure = error;
  });
  inflater.on('close', () => wake());
  let sum = 0;
  let size = 0;
  try {
    for (let given = 0, left = 0; left === 0; ) {
      const piece = await input.piece();
      if (!piece) throw new Error('it is cut short');
      await new Promise<void>((resolve) => {
        wake = resolve;
        inflater.write(piece, () => resolve());
      });
      for (const part of ready.splice(0)) {
        sum = crc32(part, sum);
        size += part.length;
        yield part;
      }
      if (failure) throw failure;
      given += piece.length;
      // What it did not want stands behind the member's end.
      left = given - inflater.bytesWritten;
      input.putBack(piece.subarray(piece.length - left));
    }
  } finally {
    inflater.destroy();
  }
  const trailer = await input.take(8);
  if (trailer.readUInt32LE() !== sum || trailer.readUInt32LE(4) !== size % 2 ** 32)
    throw new Error('its checksum is wrong');
}
