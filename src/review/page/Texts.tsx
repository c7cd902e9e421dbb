/** A post as it will appear beside what was posted, with what was taken for the header marked. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Chapter } from '../../model.js';
import type { PostText } from '../model.js';
import { useAnswer, useClient } from './context.js';
import type { Line } from './FieldRow.js';
import { Story } from './Story.js';
import { amount, labelOf, labelsOf, named, webAddress } from './words.js';

interface Props {
  chapters: readonly Chapter[];
  entry: string;
  onEntry: (entry: string) => void;
  /** A line to be shown; a new object each time it is asked for. */
  line: Line | undefined;
  onBack: (field: string) => void;
}

export function Texts({ chapters, entry, onEntry, line, onBack }: Props) {
  const { api, edition } = useClient();
  const { answer: text, failed } = useAnswer<PostText>(
    (signal) => api.get('text', { entry }, signal),
    [entry, edition],
  );
  /** On a phone one of the two is shown. */
  const [side, setSide] = useState<'after' | 'before'>('after');
  useEffect(() => {
    if (line) setSide('before');
  }, [line]);
  const isThere = text?.entry === entry;
  return (
    <section class="texts" aria-labelledby="texts-title">
      <div class="texts-head">
        <h2 id="texts-title" tabIndex={-1}>
          The text
        </h2>
        {chapters.length > 1 && (
          <label class="labelled inline">
            Chapter
            <select value={entry} onChange={(event) => onEntry(event.currentTarget.value)}>
              {chapters.map((chapter) => (
                <option key={chapter.position} value={chapter.entry}>
                  {`${chapter.position}. ${named(chapter.title ?? `Chapter ${chapter.position}`)}`}
                </option>
              ))}
            </select>
          </label>
        )}
        {isThere && <Facts text={text} />}
      </div>
      <fieldset class="sides">
        <legend class="unseen">Which text is shown</legend>
        <button type="button" aria-pressed={side === 'after'} onClick={() => setSide('after')}>
          As it will appear
        </button>
        <button type="button" aria-pressed={side === 'before'} onClick={() => setSide('before')}>
          As it was posted
        </button>
      </fieldset>
      {failed && <p class="bad">{failed}</p>}
      {!isThere && !failed && <p class="help">Fetching the text…</p>}
      {isThere && (
        <div class={`panes show-${side}`}>
          <After text={text} />
          <Before text={text} line={line?.entry === entry ? line : undefined} onBack={onBack} />
        </div>
      )}
    </section>
  );
}

function Facts({ text }: { text: PostText }) {
  const address = webAddress(text.url);
  return (
    <p class="help">
      {amount(text.words, 'word')}
      {text.restricted && ' · locked in the journal'}
      {address && (
        <>
          {' · '}
          <a href={address} target="_blank" rel="noreferrer noopener">
            the post in your journal
          </a>
        </>
      )}
    </p>
  );
}

function After({ text }: { text: PostText }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="pane after" aria-label="As it will appear" tabIndex={0} data-arrows>
      <h3>As it will appear</h3>
      <Story html={text.html} />
    </section>
  );
}

function Before({ text, line, onBack }: { text: PostText; line: Line | undefined; onBack: Props['onBack'] }) {
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!line) return;
    const found = pane.current?.querySelector<HTMLElement>(`[data-line="${line.line}"]`);
    found?.scrollIntoView({ block: 'center' });
    found?.focus({ preventScroll: true });
  }, [line, text]);
  const header = text.lines.filter(({ taken }) => taken).length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="pane before" aria-label="As it was posted" tabIndex={0} ref={pane} data-arrows>
      <h3>As it was posted</h3>
      {text.subject && <p class="subject">Subject: {text.subject}</p>}
      {header > 0 && (
        <p class="help">The marked lines were taken for the header. They are in the fields, not in the text.</p>
      )}
      <ol class="lines">
        {text.lines.map(({ number, text: words, taken, field }) => (
          <li
            key={number}
            data-line={number}
            tabIndex={-1}
            class={`${taken ? 'taken' : ''}${line?.line === number ? ' found' : ''}`}
          >
            <span class="number" aria-hidden="true">
              {number}
            </span>
            <span class="words">
              {words}
              {taken && (
                <span class="badge">
                  <span class="unseen">taken for the header: </span>
                  {field ? labelsOf(field) : 'header'}
                </span>
              )}
              {line?.line === number && (
                <button type="button" class="link" onClick={() => onBack(line.field)}>
                  Back to {labelOf(line.field).toLowerCase()}
                </button>
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
