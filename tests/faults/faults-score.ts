/** The table as a part of the torture. */
import { type Score, Tally } from '../torture/score.js';
import { FAULTS } from './faults.js';
import { play } from './play.js';

/** Plays every row; a row passes where all is as it says. */
export async function faults(): Promise<Score> {
  const tally = new Tally('faults of a journal met as docs/faults.md says');
  for (const { title, faults } of FAULTS) {
    for (const fault of faults) {
      await tally.try(`${title}: ${fault.name}`, async () => {
        const wrong = await play(fault);
        return wrong.length === 0 ? undefined : wrong.join('; ');
      });
    }
  }
  return tally.score;
}
