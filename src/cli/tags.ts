/** `ficferry tags`: a filled tag table is read in. */
import { count } from '../common/wording.js';
import { type RunOptions, startRun } from '../run/run.js';
import { takeTags } from '../run/tagsFile.js';

/** So many of the lines that came to nothing are shown. */
const SHOWN = 20;

export async function tags(table: string, flags: RunOptions): Promise<void> {
  const { config, folder } = startRun(flags);
  const { file, read, changed, warnings } = await takeTags(table, config, folder);
  const lines = [
    ...warnings.slice(0, SHOWN),
    ...(warnings.length > SHOWN ? [`and ${warnings.length - SHOWN} more lines like these`] : []),
    ...(warnings.length > 0 ? [`${count(warnings.length, 'line')} came to nothing: mend and read them in again.`] : []),
    `${count(read, 'tag')} read into ${file}, ${changed} of them become another.`,
    `Next: ficferry bundle --out ${folder}`,
  ];
  for (const line of lines) process.stdout.write(`${line}\n`);
}
