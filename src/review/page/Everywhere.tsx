/** After a name was corrected: may it count for every work? */
import { useEffect, useRef } from 'preact/hooks';
import type { Work } from '../../model.js';
import type { WorkRow } from '../model.js';
import { useClient } from './context.js';
import { type Everywhere as Correction, keyOf, rule } from './edits.js';
import { count } from './words.js';

interface Props {
  offer: Correction;
  field: string;
  work: Work;
  onDone: () => void;
}

export function Everywhere({ offer, field, work, onDone }: Props) {
  const client = useClient();
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    void client.wantList();
    box.current?.focus();
  }, []);
  const others = client.list?.works.filter(
    (row) => row.key !== keyOf(work) && namesOf(row, field).includes(offer.before),
  );
  const where =
    others === undefined || !(field in ROWS)
      ? 'It may stand in other works, too.'
      : others.length === 0
        ? 'No other work has it now; one that is read later may.'
        : `${count(others.length, 'other work')} ${others.length === 1 ? 'has' : 'have'} it, too.`;
  const { said, meant } = offer;
  const accept = async () => {
    const what = meant === undefined ? `“${said}” is never a tag` : `“${said}” is “${meant}” everywhere`;
    if (await client.decide(what, rule(offer))) onDone();
  };
  return (
    <section class="offer" aria-label="Apply everywhere" tabIndex={-1} ref={box}>
      <p>
        {meant === undefined ? `Shall “${said}” never be a tag?` : `Does “${said}” always mean “${meant}”?`} {where}
      </p>
      <p class="actions">
        <button type="button" class="main" onClick={accept}>
          Yes, everywhere
        </button>
        <button type="button" onClick={onDone}>
          Only here
        </button>
      </p>
    </section>
  );
}

/** Where the list of works shows a field's names. */
const ROWS: Record<string, (row: WorkRow) => readonly string[]> = {
  relationships: ({ relationships }) => relationships,
  fandoms: ({ fandoms }) => fandoms,
  authors: ({ authors }) => authors,
};

function namesOf(row: WorkRow, field: string): readonly string[] {
  return ROWS[field]?.(row) ?? [];
}
