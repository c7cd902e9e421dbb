/** The bundle, and the three doors into an archive. */
import { useMemo, useState } from 'preact/hooks';
import type { HandOver as Handed } from '../model.js';
import { Bundle } from './Bundle.js';
import { useAnswer, useClient } from './context.js';
import { Goes } from './Goes.js';
import { HandedWork } from './HandedWork.js';
import { amount, count, figure, named } from './words.js';

/** Shown at first, and more with each press. */
const SHOWN = 40;

export function HandOver() {
  const client = useClient();
  const [base, setBase] = useState('');
  /** Counts ticks, so that the list is asked for again. */
  const [ticks, setTicks] = useState(0);
  const job = client.state?.job;
  const hasRun = client.state?.run !== undefined;
  const { answer: handed, failed } = useAnswer<Handed | undefined>(
    async (signal) => (hasRun ? client.api.get('handover', base ? { base } : {}, signal) : undefined),
    [hasRun, base, ticks, client.edition, job?.kind === 'bundle' ? job.state : '', client.state?.standing?.bundle],
  );
  const tick = async (keys: readonly string[], done: boolean) => {
    let isSaved = true;
    for (const key of keys) isSaved = isSaved && (await client.act(undefined, 'done', { key, done }));
    if (isSaved) client.praise(done ? `${count(keys.length, 'work')} ticked` : 'The tick is taken away');
    setTicks((before) => before + 1);
    return isSaved;
  };
  return (
    <>
      <h1 tabIndex={-1}>Hand it over</h1>
      <p class="lead">
        The bundle is one folder with everything: your works, and what an archive needs of them. Nothing is sent
        anywhere by ficferry.
      </p>
      {failed && <p class="bad">{failed}</p>}
      {hasRun ? (
        <Bundle handed={handed} />
      ) : (
        <p>
          <a href="#/begin">Read your journal</a> first.
        </p>
      )}
      {handed?.bundle && (
        <>
          <ByHand handed={handed} onTick={tick} />
          <Goes handed={handed} base={base} onBase={setBase} onTick={tick} />
          <section aria-labelledby="archivist">
            <h2 id="archivist">By an archivist</h2>
            <p>
              Somebody who runs the archive can import for you. Give them the file <code>{handed.bundle.zip}</code>
            </p>
          </section>
        </>
      )}
    </>
  );
}

interface ByHandProps {
  handed: Handed;
  onTick: (keys: readonly string[], done: boolean) => Promise<boolean>;
}

function ByHand({ handed, onTick }: ByHandProps) {
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(true);
  const [shown, setShown] = useState(SHOWN);
  /** Ticked in this visit: they stay in sight, so that a slip can be mended. */
  const [here, setHere] = useState<readonly string[]>([]);
  const done = handed.works.filter((work) => work.done).length;
  const rows = useMemo(
    () =>
      handed.works.filter(
        (work) =>
          (!isOpen || !work.done || here.includes(work.key)) &&
          named(work.title).toLowerCase().includes(text.trim().toLowerCase()),
      ),
    [handed, text, isOpen, here],
  );
  return (
    <section aria-labelledby="by-hand">
      <h2 id="by-hand">By hand</h2>
      <p>
        Open the archive’s “New Work” in another tab. “Copy for the archive” copies the whole form for the form filler’s
        bookmark, which the bundle’s overview offers; or copy field by field. Tick what is through.
      </p>
      <div class="looked">
        <label for="through">
          {figure(done)} of {amount(handed.works.length, 'work')} through
        </label>
        <progress id="through" max={Math.max(1, handed.works.length)} value={done} />
      </div>
      <search class="filters">
        <div class="filter-row">
          <input
            id="search"
            type="search"
            aria-label="Search by title"
            placeholder="Search"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <label class="check">
            <input type="checkbox" checked={isOpen} onChange={(event) => setOpen(event.currentTarget.checked)} />
            Only what is not through
          </label>
        </div>
      </search>
      {rows.length === 0 && (
        <p>{handed.works.length > 0 && text === '' ? 'All of them are through.' : 'Nothing here.'}</p>
      )}
      <ul class="handed">
        {rows.slice(0, shown).map((work) => (
          <HandedWork
            key={work.key}
            work={work}
            onTick={(ticked) => {
              setHere([...here, work.key]);
              return onTick([work.key], ticked);
            }}
          />
        ))}
      </ul>
      {rows.length > shown && (
        <p class="actions">
          <button type="button" onClick={() => setShown(shown + SHOWN)}>
            Show {Math.min(SHOWN, rows.length - shown)} more
          </button>
        </p>
      )}
    </section>
  );
}
