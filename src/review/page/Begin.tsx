/** Where it stands and what comes next; and the journal to be read. */
import { useState } from 'preact/hooks';
import type { State } from '../model.js';
import { BeginForm } from './BeginForm.js';
import { useClient } from './context.js';
import { Progress } from './Progress.js';
import { hashOf } from './route.js';
import { stepsOf } from './steps.js';

export function Begin() {
  const { state } = useClient();
  if (!state) return <p class="help">One moment…</p>;
  const { job, run } = state;
  const isReading = job.kind === 'crawl' && job.state !== 'idle' && job.state !== 'done';
  const isKnown = state.counts.works + state.counts.leftOut > 0 || state.standing !== undefined;
  // What an earlier run fetched is gone through first.
  const isLooking = !isKnown && run !== undefined && job.kind === 'none' && job.now !== undefined;
  return (
    <>
      <h1 tabIndex={-1}>{run ? `The journal ${run.journal}` : 'Bring your stories home'}</h1>
      {!run && (
        <p class="lead">
          ficferry reads your journal, page by page and politely, and packs your fan fiction for an archive. It changes
          nothing in your journal, and posts nothing anywhere.
        </p>
      )}
      {isReading && <Progress job={job} />}
      {run && <Way state={state} />}
      {job.kind === 'crawl' && job.state === 'done' && <Progress job={job} />}
      {job.kind === 'none' && job.error && (
        <div class="card bad" role="alert">
          <p>{job.error.message}</p>
          {job.error.advice && <p>{job.error.advice}</p>}
        </div>
      )}
      {!run && state.runs.length > 0 && <Runs runs={state.runs} />}
      {!isReading && (
        <Form
          key={run?.folder}
          run={run}
          isFolded={isKnown || isLooking}
          title={state.runs.length > 0 && !run ? 'Begin with another journal' : 'Begin'}
        />
      )}
      {run && (
        <p class="help place">
          Everything is kept in <code>{run.folder}</code>. Closing this page stops nothing, and closing ficferry loses
          nothing.
        </p>
      )}
    </>
  );
}

interface FormProps {
  run: State['run'];
  isFolded: boolean;
  title: string;
}

/** Folded away where there is something to look at; as it was at first, for nothing is to move under her hands. */
function Form({ run, ...first }: FormProps) {
  const [{ isFolded, title }] = useState(first);
  if (!isFolded)
    return (
      <section class="card" aria-labelledby="begin">
        <h2 id="begin">{title}</h2>
        <BeginForm run={run} />
      </section>
    );
  return (
    <details class="card">
      <summary>
        <h2>Read the journal once more</h2>
      </summary>
      <p class="help">Only what is new, and what new access opens, is asked for.</p>
      <BeginForm run={run} />
    </details>
  );
}

/** The steps, with the one that comes next. */
function Way({ state }: { state: State }) {
  const WORDS = { done: 'done', now: 'next', later: 'later' };
  return (
    <ol class="way" aria-label="Where it stands">
      {stepsOf(state).map((step) => (
        <li key={step.title} class={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
          <span class="way-mark" aria-hidden="true">
            {step.state === 'done' ? '✓' : ''}
          </span>
          <span>
            <a href={hashOf(step.to)}>{step.title}</a>
            <span class="unseen"> ({WORDS[step.state]})</span>
            <span class="way-text">{step.text}</span>
            {step.state === 'now' && step.go && (
              <a class="button main" href={hashOf(step.to)}>
                {step.go}
              </a>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Journals that were begun with before. */
function Runs({ runs }: { runs: State['runs'] }) {
  const client = useClient();
  return (
    <section class="card" aria-labelledby="runs">
      <h2 id="runs">Go on with</h2>
      <ul class="runs">
        {runs.map(({ folder, journal }) => (
          <li key={folder}>
            <button type="button" onClick={() => client.act(undefined, 'run', { folder })}>
              {journal}
            </button>
            <span class="help">{folder}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
