/** The goes as lines in a terminal. */
import pc from 'picocolors';
import { count } from '../common/wording.js';
import type { ArchivesFile } from '../config/archives.js';
import { choices, type GoPlan, losses } from '../site/index.js';

/** @param by the last day to post the drafts, if they are imported today */
export function goLines({ goes, without }: GoPlan, archive: ArchivesFile['archive'], by: string): string[] {
  const works = goes.reduce((sum, go) => sum + go.works.length, 0);
  return [
    `${count(works, 'work')} in ${count(goes.length, 'go')}. For each: open “Import New Work” of the archive, choose as it says, paste the addresses, look the drafts over and post them by ${by}.`,
    ...goes.flatMap((go, index) => [
      '',
      pc.bold(`Go ${index + 1} of ${goes.length}: ${go.works.map(({ title }) => title).join(' · ')}`),
      ...choices(go, archive).map((line) => `  ${line}`),
      ...go.urls.map((url) => `  ${url}`),
      ...losses(go).map(({ work, lost }) => `  Afterwards, in “${work.title}” set: ${lost.join('; ')}`),
    ]),
    ...(without.length > 0 ? ['', 'In no go:'] : []),
    ...without.map(({ work, why }) => `  ${work.title}: ${why}`),
  ];
}
