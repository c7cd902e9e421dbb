/** LibreOffice without a window: opens a table and saves it again, as somebody who only looked would. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * Through its own format and back to CSV, in UTF-8, with each column taken as text (format 2), as the dialog of opening offers.
 * @returns the paths of what came back, in the order of `files`
 */
export function throughOffice(files: readonly string[], folder: string, columns = 40): string[] {
  const asText = Array.from({ length: columns }, (_, index) => `${index + 1}/2`).join('/');
  const between = join(folder, 'ods');
  const back = join(folder, 'csv');
  for (const path of [between, back]) mkdirSync(path, { recursive: true });
  convert(files, 'ods', between, folder, [`--infilter=CSV:44,34,76,1,${asText}`]);
  const sheets = files.map((file) => join(between, basename(file).replace(/\.csv$/, '.ods')));
  convert(sheets, 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false', back, folder, []);
  return files.map((file) => join(back, basename(file)));
}

function convert(files: readonly string[], to: string, out: string, folder: string, more: string[]): void {
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
  const args = [profile, '--headless', ...more, '--convert-to', to, '--outdir', out, ...files];
  const { status, stderr, stdout } = spawnSync('soffice', args, { encoding: 'utf8', timeout: 120_000 });
  if (status !== 0) throw new Error(`soffice: ${stderr}${stdout}`);
}
