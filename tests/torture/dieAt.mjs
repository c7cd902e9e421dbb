/**
 * Loaded before the program (`node --import`): kills it just before its Nth change of the disk, N from FICFERRY_DIE_AT. With
 * FICFERRY_DIE_TORN a write goes half through first, as one that spans disk blocks may. Without a number the changes are only
 * counted, into the file that FICFERRY_COUNT names.
 *
 * Moments of the clock fall into waits most of the time; what can go wrong stands between two changes of the disk.
 */
import fs from 'node:fs';
import fsPromises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

// as they are before they are wrapped
const { openSync, writeFileSync, writeSync } = fs;
const { FICFERRY_DIE_AT: at, FICFERRY_DIE_TORN: torn, FICFERRY_COUNT: counted } = process.env;
let changes = 0;

/** @param {() => void} [half] does half of the change */
function change(half) {
  changes++;
  if (changes !== Number(at)) return;
  if (torn) half?.();
  process.kill(process.pid, 'SIGKILL');
}

/** The first half of the bytes of a write. */
function halfOf(bytes) {
  const all = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  return ArrayBuffer.isView(all) ? Buffer.from(all.buffer, all.byteOffset, all.byteLength >> 1) : undefined;
}

function wrap(owner, name, half) {
  const real = owner[name];
  owner[name] = function (...given) {
    change(half && (() => half.call(this, ...given)));
    return real.apply(this, given);
  };
}

const PLAIN = ['chmod', 'link', 'mkdir', 'mkdtemp', 'rename', 'rm', 'rmdir', 'symlink', 'truncate', 'unlink', 'utimes'];
for (const name of [...PLAIN, 'writeFile', 'appendFile']) {
  wrap(fsPromises, name);
  wrap(fs, name);
  wrap(fs, `${name}Sync`, name === 'writeFile' ? writeHalfFile : undefined);
}
wrap(fs, 'write', (fd, bytes) => {
  const half = halfOf(bytes);
  if (half) writeSync(fd, half);
});

for (const name of ['fsync', 'ftruncate']) wrap(fs, `${name}Sync`);
wrap(fs, 'writeSync', (fd, bytes) => {
  const half = halfOf(bytes);
  if (half) writeSync(fd, half);
});

const handle = await fsPromises.open(process.execPath, 'r');
const methods = Object.getPrototypeOf(handle);
await handle.close();
for (const name of ['chmod', 'truncate', 'sync', 'datasync']) wrap(methods, name);
for (const name of ['write', 'writeFile', 'appendFile'])
  wrap(methods, name, function (bytes, from = 0, length = undefined, position = undefined) {
    if (name !== 'write') return void writeHalf(this.fd, bytes, null);
    const all =
      typeof bytes === 'string' ? bytes : bytes.subarray(from, length === undefined ? undefined : from + length);
    writeHalf(this.fd, all, position ?? null);
  });

/** A file that is written over loses what it held first. */
function writeHalfFile(file, bytes) {
  const half = halfOf(bytes);
  const fd = typeof file === 'number' ? file : openSync(file, 'w');
  if (half) writeSync(fd, half);
}

function writeHalf(fd, bytes, position) {
  const half = halfOf(bytes);
  if (half) writeSync(fd, half, 0, half.length, position);
}

syncBuiltinESMExports();
if (counted) process.on('exit', () => writeFileSync(counted, String(changes)));
