/** One work in the list. */
import type { WorkRow } from '../model.js';
import { hashOf } from './route.js';
import { amount, day, list, named, parts } from './words.js';

interface Props {
  row: WorkRow;
  isActive: boolean;
  onFocus: () => void;
  onOpen: () => void;
  onApprove: () => void;
}

export function WorkLine({ row, isActive, onFocus, onOpen, onApprove }: Props) {
  const title = named(row.title);
  const facts = [
    row.rating || 'no rating',
    amount(row.words, 'word'),
    parts(row),
    row.published ? day(row.published) : 'no date',
  ];
  return (
    <article class={isActive ? 'work-line active' : 'work-line'} aria-label={title}>
      <div class="work-main">
        <p class="work-title">
          <a
            href={hashOf({ view: 'work', key: row.key })}
            onFocus={onFocus}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              onOpen();
            }}
          >
            {title}
          </a>
        </p>
        <p class="work-about">
          <span class="fandoms">{list(row.fandoms, 'no fandom')}</span>
          {row.relationships.length > 0 && <span class="pairings"> · {list(row.relationships)}</span>}
        </p>
        <p class="work-facts">{facts.join(' · ')}</p>
      </div>
      <div class="work-marks">
        <Marks row={row} />
        {row.looked ? (
          <span class="badge good">✓ Looked at</span>
        ) : (
          <button type="button" aria-label={`${title} looks right`} onClick={onApprove}>
            Looks right
          </button>
        )}
      </div>
    </article>
  );
}

function Marks({ row }: { row: WorkRow }) {
  return (
    <span class="mark-row">
      {row.doubts.length > 0 && (
        <span class={row.looked ? 'badge' : 'badge doubtful'} title={row.doubts.join('; ')}>
          {row.doubts[0]}
          {row.doubts.length > 1 && ` and ${row.doubts.length - 1} more`}
        </span>
      )}
      {row.restricted && <span class="badge">Locked</span>}
      {row.withheld !== undefined && (
        <span class="badge" title={row.withheld}>
          Not let go
        </span>
      )}
      {row.onArchive !== undefined && <span class="badge">On the archive</span>}
    </span>
  );
}
