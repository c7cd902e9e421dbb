/** A crawl under way: what it does, how far it is, pausing and going on. */
import { useEffect, useState } from 'preact/hooks';
import type { Job } from '../model.js';
import { useClient } from './context.js';
import { amount, figure } from './words.js';

const TITLES: Record<Job['state'], string> = {
  idle: 'Nothing is being read',
  running: 'Reading your journal',
  pausing: 'Pausing, once this page is read',
  paused: 'Paused',
  done: 'Your journal is read',
  failed: 'It stopped',
};

export function Progress({ job }: { job: Job }) {
  const client = useClient();
  const { state } = job;
  const goOn = () => {
    const run = client.state?.run;
    const plain = { address: run?.address ?? '', mine: false, adult: false, images: false, includeLocked: false };
    void client.act('Going on.', 'crawl', client.begun ?? { ...plain, ...run?.begun });
  };
  return (
    <section class="card progress" aria-labelledby="progress">
      <h2 id="progress">{TITLES[state]}</h2>
      {state === 'running' && <progress aria-labelledby="progress" />}
      {job.now && <p class="now">{job.now}</p>}
      <dl class="numbers">
        <div>
          <dt>pages read</dt>
          <dd>{figure(job.visited)}</dd>
        </div>
        <div>
          <dt>stories found</dt>
          <dd>{figure(job.fics)}</dd>
        </div>
      </dl>
      <Heard job={job} />
      {job.error && (
        <div class="bad" role="alert">
          <p>{job.error.message}</p>
          {job.error.advice && <p>{job.error.advice}</p>}
        </div>
      )}
      <p class="actions">
        {(state === 'running' || state === 'pausing') && (
          <button type="button" disabled={state === 'pausing'} onClick={() => client.act(undefined, 'pause')}>
            Pause
          </button>
        )}
        {(state === 'paused' || state === 'failed') && (
          <button type="button" class="main" onClick={goOn}>
            Go on
          </button>
        )}
        {state === 'done' && (
          <a class="button main" href={(client.state?.counts.questions ?? 0) > 0 ? '#/questions' : '#/works'}>
            {(client.state?.counts.questions ?? 0) > 0 ? 'Answer the questions' : 'Look over your works'}
          </a>
        )}
      </p>
      {job.told.length > 0 && (
        <details>
          <summary>What was said on the way</summary>
          <ul class="told">
            {job.told.map((line, at) => (
              <li key={at}>{line}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** Read out now and then, not at every page. */
const OFTEN = 20_000;

function Heard({ job }: { job: Job }) {
  const [said, say] = useState('');
  const [at, setAt] = useState(0);
  useEffect(() => {
    const now = Date.now();
    if (job.state === 'running' && now - at < OFTEN) return;
    setAt(now);
    say(`${TITLES[job.state]}: ${amount(job.visited, 'page')} read, ${amount(job.fics, 'story')} found`);
  }, [job.state, job.visited]);
  return (
    <p class="unseen" role="status">
      {said}
    </p>
  );
}
