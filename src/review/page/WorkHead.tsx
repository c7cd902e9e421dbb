/** The head of a work: its title and facts, and what needs a look, with what mends it where one press can. */
import type { WorkDetail } from '../model.js';
import { useClient } from './context.js';
import * as edits from './edits.js';
import { FIELDS } from './fields.js';
import { shelf } from './shelf.js';
import { amount, count, day, list, named, parts } from './words.js';

interface Props {
  detail: WorkDetail;
  onNext: () => void;
  onPrevious: (() => void) | undefined;
}

export function WorkHead({ detail, onNext, onPrevious }: Props) {
  const { work, doubts, looked } = detail;
  const at = shelf.order.indexOf(edits.keyOf(work));
  const facts = [
    amount(work.wordCount, 'word'),
    parts({ parts: work.chapters.length, expected: work.expectedChapters, complete: work.complete }),
    work.published && day(work.published),
  ];
  return (
    <header class="work-head">
      <p class="trail">
        <a href="#/works">All works</a>
        {at >= 0 && (
          <span>
            {' '}
            · {at + 1} of {shelf.order.length}
          </span>
        )}
        <button type="button" class="quiet to-text" onClick={toText}>
          Read the text
        </button>
        <span class="steps">
          <button type="button" class="quiet" disabled={!onPrevious} aria-label="Previous work" onClick={onPrevious}>
            ←
          </button>
          <button type="button" class="quiet" aria-label="Next work" onClick={onNext}>
            →
          </button>
        </span>
      </p>
      <h1 tabIndex={-1}>{named(work.title)}</h1>
      <p class="byline">
        by {list(work.authors, 'nobody named')} · {facts.filter(Boolean).join(' · ')}
      </p>
      <p class="marks">
        {looked && <span class="badge good">✓ Looked at</span>}
        {work.restricted && <span class="badge">Locked in the journal: it never goes to a public page</span>}
        {work.withheld && (
          <span class="badge">
            {work.withheld.why === 'refused' ? 'Its author wants it not moved' : 'Its author has not said yes yet'}: it
            is in no public page
          </span>
        )}
        {work.onArchive && <span class="badge">On the archive already</span>}
      </p>
      {doubts.length > 0 && (
        <div class={looked ? 'box' : 'box doubts'}>
          <h2>{looked ? 'You looked at these' : `${count(doubts.length, 'thing')} to look at`}</h2>
          <ul>
            {doubts.map((doubt) => (
              <li key={doubt}>{doubt}</li>
            ))}
          </ul>
        </div>
      )}
      <Mends detail={detail} />
    </header>
  );
}

/** On narrow screens the text stands far below. */
function toText(): void {
  const texts = document.querySelector('.texts');
  texts?.scrollIntoView();
  texts?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
}

/** What is wrong with texts and with the work as a whole; fields say theirs themselves. */
function Mends({ detail }: { detail: WorkDetail }) {
  const client = useClient();
  const { work, decided, misfits } = detail;
  const rest = misfits.filter(
    ({ field, chapter }) => chapter !== undefined || !FIELDS.some(({ key }) => key === field),
  );
  const title = named(work.title);
  const isLong = rest.some(({ field, kind }) => field === 'text' && kind === 'limit');
  // The advice names the decision that answers it.
  const isPromoting = misfits.some(({ advice }) => advice.includes('redact'));
  if (rest.length === 0 && !isPromoting) return null;
  return (
    <div class="box">
      {rest.map(({ message, advice }) => (
        <p key={message}>
          {message} {advice}
        </p>
      ))}
      <p class="actions">
        {isLong && !work.split && (
          <button
            type="button"
            onClick={() =>
              client.decide(`${title}: long chapters are split`, edits.setField(work, decided, 'split', true))
            }
          >
            Split long chapters at a paragraph
          </button>
        )}
        {isPromoting && (
          <>
            <button
              type="button"
              onClick={() =>
                client.decide(`${title}: addresses are taken out`, edits.setField(work, decided, 'redact', true))
              }
            >
              Take such addresses out
            </button>
            <button
              type="button"
              onClick={() => client.decide(`${title}: addresses stay`, edits.setField(work, decided, 'redact', false))}
            >
              I looked: leave them
            </button>
          </>
        )}
      </p>
    </div>
  );
}
