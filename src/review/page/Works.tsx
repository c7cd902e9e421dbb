/** All works: what needs a look first, searched and narrowed, and walked through by keyboard. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { WorkRow } from '../model.js';
import { go, useClient } from './context.js';
import { approve, withoutDoubts } from './edits.js';
import { FilterBar } from './FilterBar.js';
import { type Filters, filtered, indexed, NO_FILTERS } from './filters.js';
import { useKeys } from './keys.js';
import { routeOf } from './route.js';
import { shelf } from './shelf.js';
import { VirtualList } from './VirtualList.js';
import { WorkLine } from './WorkLine.js';
import { amount, count, figure, named } from './words.js';

export function Works() {
  const client = useClient();
  useEffect(() => void client.wantList(), []);
  const { list, state } = client;
  if (!list) return <p class="help">Fetching your works…</p>;
  if (list.works.length === 0 && (state?.counts.works ?? 0) === 0)
    return (
      <>
        <h1 tabIndex={-1}>Works</h1>
        <p>
          No works yet. <a href="#/begin">Read your journal</a> first
          {list.leftOut.length > 0 && (
            <>
              , or look at <a href="#/left-out">what was left out</a>
            </>
          )}
          .
        </p>
      </>
    );
  return <Shelf works={list.works} warnings={list.warnings} />;
}

function Shelf({ works, warnings }: { works: readonly WorkRow[]; warnings: readonly string[] }) {
  const client = useClient();
  const [filters, setFilters] = useState(shelf.filters);
  const all = useMemo(() => indexed(works), [works]);
  const rows = useMemo(() => filtered(all, filters), [all, filters]);
  const clear = useMemo(() => withoutDoubts(works), [works]);
  const [active, setActive] = useState(() => rows.findIndex(({ key }) => key === shelf.last));
  /** Where the next key goes on from: keys come quicker than the list is drawn. */
  const at = useRef(active);
  at.current = active;
  const wantsFocus = useRef(active >= 0);
  shelf.filters = filters;
  shelf.order = rows.map(({ key }) => key);

  useScroll();
  // The focus follows the keys, and comes back to the work that was left; never otherwise.
  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    const link = document.querySelector<HTMLElement>(`[data-index="${Math.min(active, rows.length - 1)}"] a`);
    link?.focus();
    link?.closest('li')?.scrollIntoView({ block: 'nearest' });
  }, [active, rows]);

  const move = (step: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, at.current + step));
    wantsFocus.current ||= next !== at.current;
    at.current = next;
    setActive(next);
  };
  // Once it is saved another work stands in its place.
  const looksRight = async (row: WorkRow) => {
    wantsFocus.current = true;
    if (!(await client.decide(`${named(row.title)} is looked at`, approve([row])))) wantsFocus.current = false;
  };
  const narrow = (next: Filters) => {
    setActive(-1);
    setFilters(next);
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    a: () => {
      const row = rows[at.current];
      if (row) void looksRight(row);
    },
    '/': () => document.getElementById('search')?.focus(),
  });

  const looked = works.filter((row) => row.looked).length;
  return (
    <>
      <div class="view-head">
        <h1 tabIndex={-1}>Works</h1>
        <div class="looked">
          <label for="looked">
            Looked at {figure(looked)} of {figure(works.length)}
          </label>
          <progress id="looked" max={works.length} value={looked} />
        </div>
        {clear.length > 0 && (
          <button
            type="button"
            class="main"
            onClick={() => client.decide(`${count(clear.length, 'work')} without doubts looked at`, approve(clear))}
          >
            Approve all without doubts ({figure(clear.length)})
          </button>
        )}
      </div>
      {warnings.length > 0 && <Warnings warnings={warnings} />}
      <FilterBar works={works} filters={filters} onFilters={narrow} />
      <p class="help" role="status">
        {rows.length === works.length
          ? amount(works.length, 'work')
          : `${figure(rows.length)} of ${amount(works.length, 'work')}`}
      </p>
      {rows.length === 0 ? (
        <p>
          Nothing here.{' '}
          <button type="button" class="link" onClick={() => narrow(NO_FILTERS)}>
            Show all works
          </button>
        </p>
      ) : (
        <VirtualList
          items={rows}
          keyOf={({ key }) => key}
          label="Works"
          active={active}
          render={(row, index) => (
            <WorkLine
              row={row}
              isActive={index === active}
              onFocus={() => setActive(index)}
              onOpen={() => {
                shelf.last = row.key;
                go({ view: 'work', key: row.key });
              }}
              onApprove={() => {
                setActive(index);
                void looksRight(row);
              }}
            />
          )}
        />
      )}
    </>
  );
}

/** Comes back to where the list was left. */
function useScroll(): void {
  useEffect(() => {
    window.scrollTo(0, shelf.scroll);
    // A page that shrinks as the view changes scrolls, too.
    const keep = () => {
      if (routeOf(location.hash)?.view === 'works') shelf.scroll = window.scrollY;
    };
    window.addEventListener('scroll', keep, { passive: true });
    return () => window.removeEventListener('scroll', keep);
  }, []);
}

function Warnings({ warnings }: { warnings: readonly string[] }) {
  return (
    <details class="box">
      <summary>{count(warnings.length, 'decision')} came to nothing</summary>
      <ul>
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </details>
  );
}
