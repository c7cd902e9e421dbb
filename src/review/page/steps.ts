/** Where a migration stands, as the steps of a way with the one that comes next. Pure. */
import type { State } from '../model.js';
import type { Route } from './route.js';
import { amount, count, figure } from './words.js';

export interface Step {
  title: string;
  /** What was done, or what there is to do. */
  text: string;
  state: 'done' | 'now' | 'later';
  to: Route;
  /** The button that leads there, while it is next. */
  go?: string;
}

export function stepsOf(state: State): Step[] {
  const done = [readJournal, answerQuestions, lookAtWorks, makeBundle].map((step) => step(state));
  const steps = [...done, handOver];
  const now = done.findIndex(({ isDone }) => !isDone);
  return steps.map(({ title, text, to, go }, index) => ({
    title,
    text,
    to,
    ...(go && { go }),
    state:
      index === (now < 0 ? done.length : now)
        ? 'now'
        : now < 0 || index < now || done[index]?.isDone
          ? 'done'
          : 'later',
  }));
}

type Part = Omit<Step, 'state'> & { isDone: boolean };

function readJournal({ standing, counts, job }: State): Part {
  const step = { title: 'Read your journal', to: { view: 'begin' } } as const;
  const isReading = job.kind === 'crawl' && (job.state === 'running' || job.state === 'pausing');
  if (isReading) return { ...step, isDone: false, text: 'Being read now. You can look at what is there already.' };
  if (job.kind === 'crawl' && job.state === 'paused')
    return { ...step, isDone: false, text: 'Paused. Go on whenever you like; nothing is lost.' };
  if (job.kind === 'none' && job.now) return { ...step, isDone: false, text: `${job.now}.` };
  if (!standing && counts.works + counts.leftOut === 0)
    return {
      ...step,
      isDone: false,
      text: 'Say which journal it is. Nothing in it is changed, and nothing is posted.',
    };
  const found = `${amount(counts.works, 'work')} found, ${figure(counts.leftOut)} left out.`;
  if (standing && !standing.complete && standing.why)
    return { ...step, isDone: false, text: `${found} Not all of it is read: ${standing.why}.` };
  return { ...step, isDone: true, text: found };
}

function answerQuestions({ counts }: State): Part {
  const isDone = counts.works > 0 && counts.questions === 0;
  const text = isDone
    ? 'No question is open.'
    : counts.questions > 0
      ? `${amount(counts.questions, 'thing')} that only you can know.`
      : 'What only you can know, in one list.';
  return { title: 'Answer questions', text, isDone, to: { view: 'questions' }, go: 'Answer them' };
}

function lookAtWorks({ counts }: State): Part {
  const { works, looked, doubts } = counts;
  const open = doubts > 0 ? ` ${count(doubts, 'work')} with doubts.` : '';
  return {
    title: 'Look over your works',
    text: works === 0 ? 'Each as the archive will have it.' : `Looked at ${figure(looked)} of ${figure(works)}.${open}`,
    isDone: works > 0 && looked >= works,
    to: { view: 'works' },
    go: 'Look them over',
  };
}

function makeBundle({ standing, job }: State): Part {
  const step = { title: 'Make the bundle', to: { view: 'hand-over' }, go: 'To the bundle' } as const;
  if (job.kind === 'bundle' && job.state === 'running') return { ...step, isDone: false, text: 'Being made now.' };
  const isMade = standing?.bundle !== undefined || job.bundle !== undefined;
  if (!isMade) return { ...step, isDone: false, text: 'One folder with everything, ready for the archive.' };
  if (standing?.stale) return { ...step, isDone: false, text: 'Something changed since; make it again.' };
  return { ...step, isDone: true, text: 'It is up to date.' };
}

const handOver: Omit<Step, 'state'> = {
  title: 'Hand it over',
  text: 'By hand with copy buttons, by address, or by an archivist.',
  to: { view: 'hand-over' },
  go: 'Hand it over',
};
