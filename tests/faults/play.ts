/** Plays one row of the table: a run against the ill journal, then one against the same journal well again. */
import { numberOf } from '../journal/posts.js';
import type { Arrival, Fault, Flags } from './fault.js';
import { type Played, SECRETS, Stage } from './stage.js';

/** The same journal without any trouble, by what it has and what the run was allowed; made once for each. */
const undisturbed = new Map<string, Promise<Played>>();

function well(fault: Fault, flags: Flags): Promise<Played> {
  const key = JSON.stringify([fault.journal?.site, fault.journal?.posts?.map(numberOf), flags]);
  const { robots: _, ...journal } = fault.journal ?? {};
  const known = undisturbed.get(key) ?? Stage.with({ journal }, (stage) => stage.run(flags));
  undisturbed.set(key, known);
  return known;
}

/** Plays a row and says all that is not as the row says. */
export async function play(fault: Fault): Promise<string[]> {
  return Stage.with(fault, async (stage) => {
    const wrong: string[] = [];
    const mind = (holds: boolean, what: string) => void (holds || wrong.push(what));
    const flags = { ...fault.flags };
    const best = await well(fault, flags);
    const pause = fault.journal?.site === 'dreamwidth' ? 2200 : 1000;

    if (fault.earlier) await stage.run(fault.earlier);
    stage.ill = fault.ill(stage.here);
    const first = await stage.run(flags, fault.cookiesLast);
    mind(first.exit === fault.exit, `exit ${first.exit} in place of ${fault.exit}`);
    const spoken = fault.exit === 2 || fault.exit === 3 ? first.failure : first.lines;
    if (fault.says)
      mind(
        spoken.some((line) => fault.says?.test(line)),
        `nothing printed matches ${fault.says}`,
      );
    if (fault.exit === 3) mind(first.failure.length === 2, 'it is not one line and an advice');
    mind(
      first.failure.every((line) => !/\n/.test(line)),
      'a stack, or several lines in one',
    );
    for (const [key, read] of Object.entries(first.entries))
      mind(
        fault.keepsFirst || best.entries[key] === read,
        `${key} is not as the journal has it: ${read.slice(0, 200)}`,
      );
    if (fault.exit === 0 && !fault.carriesLess && !fault.keepsFirst)
      mind(first.manifest === best.manifest, 'the bundle is not that of an undisturbed journal');
    const also = fault.also?.(first);
    if (also) wrong.push(also);
    checkManners('the run', first, pause, stage, mind);

    stage.ill = () => false;
    const laterFlags = { ...flags, ...fault.laterFlags };
    const later = await stage.run(laterFlags);
    mind(later.exit === 0, `the later run ends with ${later.exit}: ${later.failure.join(' ')}`);
    const end = fault.keepsFirst ? first : await well(fault, laterFlags);
    mind(later.manifest === end.manifest, 'the bundle of the later run is not that of an undisturbed journal');
    const again = later.shown.filter(
      (itemid) => first.shown.includes(itemid) && !fault.shownToNobody?.includes(itemid),
    );
    mind(again.length === 0, `what was held is asked for again: ${again}`);
    checkManners('the later run', later, pause, stage, mind);
    if (wrong.length > 0) wrong.push(`printed:\n${first.lines.join('\n')}\nthen:\n${later.lines.join('\n')}`);
    return wrong;
  });
}

function checkManners(
  whose: string,
  { lines, asked, mostAtOnce }: Played,
  pause: number,
  stage: Stage,
  mind: (holds: boolean, what: string) => void,
): void {
  mind(mostAtOnce <= 1, `${whose} had ${mostAtOnce} requests under way at once`);
  const hasty = asked.filter(({ at }, index) => index > 0 && at - (asked[index - 1] as Arrival).at < pause);
  mind(hasty.length === 0, `${whose} was hasty: ${JSON.stringify(hasty)}`);
  mind(stage.strangers().length === 0, `${whose} asked other hosts: ${stage.strangers()}`);
  const told = SECRETS.filter((secret) => lines.some((line) => line.includes(secret)));
  mind(told.length === 0, `${whose} told a secret`);
}
