/** By address: which works the archive fetches together, and what is to be chosen for them. */
import { useState } from 'preact/hooks';
import type { HandOver } from '../model.js';
import { Copy } from './Copy.js';
import { Tick } from './Tick.js';
import { count, day, named } from './words.js';

interface Props {
  handed: HandOver;
  base: string;
  onBase: (base: string) => void;
  onTick: (keys: readonly string[], done: boolean) => Promise<boolean>;
}

export function Goes({ handed, base, onBase, onTick }: Props) {
  const [text, setText] = useState(base);
  return (
    <section aria-labelledby="by-address">
      <h2 id="by-address">By address</h2>
      <p>
        For many works: put the bundle’s pages on a web host of yours, and the archive fetches them from there. Under
        which address will they stand?
      </p>
      <form
        class="editor"
        onSubmit={(event) => {
          event.preventDefault();
          onBase(text.trim());
        }}
      >
        <label class="labelled">
          Address of the folder on your host
          <input
            type="url"
            placeholder="https://you.example.org/moving/"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <p class="actions">
          <button type="submit">Plan the import</button>
        </p>
      </form>
      {base !== '' && handed.goes.length === 0 && <p role="status">Nothing is left to import by address.</p>}
      {handed.goes.length > 0 && (
        <p role="status">
          {count(handed.goes.length, 'go')}. Post the drafts by {day(handed.postBy)}, or the archive deletes them.
        </p>
      )}
      <ol class="goes">
        {handed.goes.map((go) => (
          <Go key={go.title} go={go} handed={handed} onTick={onTick} />
        ))}
      </ol>
    </section>
  );
}

function Go({ go, handed, onTick }: { go: HandOver['goes'][number] } & Pick<Props, 'handed' | 'onTick'>) {
  const works = new Map(handed.works.map((work) => [work.key, work]));
  return (
    <li class="card">
      <h3>{go.title}</h3>
      <ul>
        {go.choices.map((choice) => (
          <li key={choice}>{choice}</li>
        ))}
      </ul>
      <p class="actions">
        <Copy label={`Copy for the archive: ${go.title}`} text={() => go.packet} look="main">
          Copy for the archive
        </Copy>
        <Copy label={`Copy the addresses of ${go.title}`} text={() => go.urls.join('\n')}>
          Copy the addresses
        </Copy>
      </p>
      {go.afterwards.length > 0 && (
        <details>
          <summary>To be set by hand afterwards</summary>
          <ul>
            {go.afterwards.map((thing) => (
              <li key={thing}>{thing}</li>
            ))}
          </ul>
        </details>
      )}
      <ul class="ticks">
        {go.works.map((key) => (
          <li key={key}>
            <Tick isDone={works.get(key)?.done ?? false} onTick={(done) => onTick([key], done)}>
              {named(works.get(key)?.title ?? key)}
            </Tick>
          </li>
        ))}
      </ul>
      {go.works.length > 1 && (
        <p class="actions">
          <button type="button" onClick={() => void onTick(go.works, true)}>
            All of these are through
          </button>
        </p>
      )}
    </li>
  );
}
