/** What is in no work, why, and how to take it in. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { LeftOutReason } from '../../model.js';
import type { LeftOutRow } from '../model.js';
import { useClient } from './context.js';
import { Peek } from './Peek.js';
import { VirtualList } from './VirtualList.js';
import { count, day, figure, postName, REASONS, webAddress } from './words.js';

export function LeftOut() {
  const client = useClient();
  useEffect(() => void client.wantList(), []);
  const [text, setText] = useState('');
  const [reason, setReason] = useState<LeftOutReason | ''>('');
  const [peek, setPeek] = useState<LeftOutRow>();
  const all = client.list?.leftOut;
  const rows = useMemo(
    () =>
      (all ?? []).filter(
        (row) =>
          (reason === '' || row.reason === reason) &&
          `${row.subject ?? ''} ${row.entry} ${row.detail}`.toLowerCase().includes(text.trim().toLowerCase()),
      ),
    [all, reason, text],
  );
  if (!all) return <p class="help">Fetching what was left out…</p>;
  const reasons = [...new Set(all.map((row) => row.reason))].sort();
  return (
    <>
      <div class="view-head">
        <h1 tabIndex={-1}>Left out</h1>
        <p class="help" role="status">
          {rows.length === all.length
            ? count(all.length, 'post')
            : `${figure(rows.length)} of ${count(all.length, 'post')}`}
        </p>
      </div>
      <p class="lead">
        Posts that are in no work, each with the reason. Nothing of it is lost: what could be fetched is kept beside
        your works.
      </p>
      <search class="filters">
        <div class="filter-row">
          <input
            id="search"
            type="search"
            aria-label="Search what was left out"
            placeholder="Search"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <label class="choose">
            <span>Reason</span>
            <select value={reason} onChange={(event) => setReason(event.currentTarget.value as LeftOutReason | '')}>
              <option value="">Any</option>
              {reasons.map((one) => (
                <option key={one} value={one}>
                  {REASONS[one].title} ({figure(all.filter((row) => row.reason === one).length)})
                </option>
              ))}
            </select>
          </label>
        </div>
      </search>
      {reason !== '' && <p class="help">{REASONS[reason].help}</p>}
      {rows.length === 0 && <p>{all.length === 0 ? 'Nothing was left out.' : 'Nothing here.'}</p>}
      <VirtualList
        items={rows}
        keyOf={({ entry }) => entry}
        label="Posts left out"
        render={(row) => <Row row={row} onPeek={() => setPeek(row)} />}
      />
      {peek && <Peek row={peek} onTakeIn={() => takeIn(peek)} onClose={() => setPeek(undefined)} />}
    </>
  );

  function takeIn(row: LeftOutRow): void {
    setPeek(undefined);
    void client.decide(`“${postName(row)}” is taken in`, row.takeIn ?? []);
  }

  function Row({ row, onPeek }: { row: LeftOutRow; onPeek: () => void }) {
    const name = postName(row);
    const address = webAddress(row.url);
    return (
      <article class="work-line" aria-label={name}>
        <div class="work-main">
          <p class="work-title">
            {address ? (
              <a href={address} target="_blank" rel="noreferrer noopener">
                {name}
              </a>
            ) : (
              name
            )}
          </p>
          <p class="work-about">
            {REASONS[row.reason].title}: {row.detail}
          </p>
          <p class="work-facts">{row.postedAt ? day(row.postedAt) : row.entry}</p>
        </div>
        <div class="work-marks">
          {row.canTakeIn && row.takeIn && (
            <>
              <button type="button" class="quiet" aria-label={`Read ${name}`} onClick={onPeek}>
                Read
              </button>
              <button type="button" aria-label={`Take in ${name}`} onClick={() => takeIn(row)}>
                Take in
              </button>
            </>
          )}
        </div>
      </article>
    );
  }
}
