/**
 * Joins a body that was stored as it was sent, in chunks (RFC 9112, 7.1).
 * @returns undefined where it is not in chunks, though its header may say so
 */
export function dechunk(bytes: Uint8Array): Uint8Array | undefined {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = source.indexOf('\r\n', at);
    // A chunk's size is at most 16 digits; extensions may follow it.
    const size = /^([0-9a-f]{1,16})[ \t]*(?:;|$)/i.exec(
      source.toString('latin1', at, Math.min(lineEnd, at + 300)),
    )?.[1];
    if (lineEnd < 0 || size === undefined) return undefined;
    const length = Number.parseInt(size, 16);
    if (length === 0) return Buffer.concat(parts);
    const start = lineEnd + 2;
    if (start + length + 2 > source.length) return undefined;
    parts.push(source.subarray(start, start + length));
    at = start + length + 2;
  }
}
