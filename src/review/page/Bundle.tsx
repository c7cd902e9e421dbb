/** Making the bundle: how it stands, its progress, and where it lies. */
import type { HandOver } from '../model.js';
import { Copy } from './Copy.js';
import { useClient } from './context.js';
import { amount, figure } from './words.js';

export function Bundle({ handed }: { handed: HandOver | undefined }) {
  const client = useClient();
  const job = client.state?.job;
  const isRunning = job?.kind === 'bundle' && job.state === 'running';
  const isBusy = job?.state === 'running' || job?.state === 'pausing';
  const bundle = handed?.bundle;
  const stale = bundle?.stale || client.state?.standing?.stale;
  const counts = client.state?.counts;
  return (
    <section aria-labelledby="bundle" class="card">
      <h2 id="bundle">The bundle</h2>
      {isRunning ? (
        <Making done={job.done} total={job.total} now={job.now} />
      ) : (
        <>
          <p>{standOf(bundle !== undefined, stale === true)}</p>
          {counts && counts.works > 0 && counts.looked < counts.works && (
            <p class="help">
              You looked at {figure(counts.looked)} of {amount(counts.works, 'work')}. The bundle can be made all the
              same, and made again as often as you like.
            </p>
          )}
          {job?.kind === 'bundle' && job.state === 'failed' && job.error && (
            <p class="bad" role="alert">
              {job.error.message} {job.error.advice}
            </p>
          )}
          {job?.bundle && job.state === 'done' && (
            <p role="status">
              {amount(job.bundle.ready, 'work')} ready.{' '}
              {job.bundle.misfits > 0 && `${amount(job.bundle.misfits, 'thing')} to mend or to look at: see the works.`}
            </p>
          )}
          <p class="actions">
            <button
              type="button"
              class={bundle && !stale ? undefined : 'main'}
              disabled={isBusy || (counts?.works ?? 0) === 0}
              onClick={() => client.act('The bundle is being made.', 'bundle')}
            >
              {bundle ? 'Make it again' : 'Make the bundle'}
            </button>
            {bundle && (
              <>
                <button type="button" onClick={() => client.act(undefined, 'open', { what: 'index' })}>
                  Open its overview
                </button>
                <button type="button" onClick={() => client.act(undefined, 'open', { what: 'bundle' })}>
                  Open its folder
                </button>
              </>
            )}
          </p>
          {bundle && (
            <p class="place">
              <code>{bundle.folder}</code>{' '}
              <Copy label="Copy where it lies" text={() => bundle.folder}>
                Copy
              </Copy>
            </p>
          )}
        </>
      )}
    </section>
  );
}

function standOf(isMade: boolean, isStale: boolean): string {
  if (!isMade) return 'It is not made yet.';
  return isStale
    ? 'Something changed since it was made. Make it again before you hand it over.'
    : 'It is made, and up to date.';
}

function Making({ done, total, now }: { done?: number; total?: number; now?: string }) {
  return (
    <>
      <p>
        <label for="making">{now ?? 'Being made'}</label>
      </p>
      <progress id="making" max={total || undefined} value={total ? (done ?? 0) : undefined} />
      {total !== undefined && (
        <p class="help">
          {figure(done ?? 0)} of {amount(total, 'work')}
        </p>
      )}
    </>
  );
}
