/** What the author says before her journal is read. First she is told what it comes to, then it starts. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Begin, Plan, State } from '../model.js';
import { asFailed } from './client.js';
import { useClient } from './context.js';

type Run = State['run'];

export function BeginForm({ run }: { run: Run }) {
  const client = useClient();
  const [begin, setBegin] = useState<Begin>(() => client.begun ?? begunWith(run));
  const [part, setPart] = useState<'whole' | 'from'>(begin.from ? 'from' : 'whole');
  const [plan, setPlan] = useState<Plan>();
  const [isAsking, setAsking] = useState(false);
  const answer = useRef<HTMLElement>(null);
  useEffect(() => {
    if (plan) answer.current?.focus();
  }, [plan]);

  /** What was planned is not what is meant any more. */
  const set = (change: Partial<Begin>) => {
    setBegin({ ...begin, ...change });
    setPlan(undefined);
  };
  const asked = (): Begin => tidied({ ...begin, from: part === 'from' ? begin.from : undefined });
  const ask = async () => {
    setAsking(true);
    try {
      setPlan(await client.api.post<Plan>('plan', asked()));
    } catch (error) {
      const { message, advice } = asFailed(error);
      setPlan({ journal: '', folder: '', lines: [], refused: { message, ...(advice && { advice }) } });
    }
    setAsking(false);
  };
  const start = () => {
    client.begun = asked();
    void client.act('Reading has begun.', 'crawl', client.begun);
  };

  return (
    <form
      class="begin"
      onSubmit={(event) => {
        event.preventDefault();
        void ask();
      }}
    >
      <label class="labelled">
        Address of your journal, or of any post in it
        <input
          type="text"
          inputMode="url"
          required
          autocomplete="url"
          placeholder="https://name.livejournal.com/"
          value={begin.address}
          onInput={(event) => set({ address: event.currentTarget.value })}
        />
      </label>
      <label class="labelled">
        Your e-mail address
        <input
          type="email"
          autocomplete="email"
          aria-describedby="contact-help"
          value={begin.contact ?? ''}
          onInput={(event) => set({ contact: event.currentTarget.value })}
        />
      </label>
      <p class="help" id="contact-help">
        The journal sites ask programs to say whom they can write to. It is told to the journal’s site, and kept
        nowhere.
      </p>
      <fieldset>
        <legend>Whose journal is it?</legend>
        <Check label="It is mine, or I have its owner’s leave" on={begin.mine} onCheck={(mine) => set({ mine })}>
          Then a wish to be hidden from search engines does not keep ficferry out.
        </Check>
        <Check
          label="I am of age: read what is behind adult notices, too"
          on={begin.adult}
          onCheck={(adult) => set({ adult })}
        />
      </fieldset>
      <fieldset>
        <legend>What shall be read?</legend>
        <label class="check">
          <input
            type="radio"
            name="part"
            checked={part === 'whole'}
            onChange={() => {
              setPart('whole');
              setPlan(undefined);
            }}
          />
          The whole journal
        </label>
        <label class="check">
          <input
            type="radio"
            name="part"
            checked={part === 'from'}
            onChange={() => {
              setPart('from');
              setPlan(undefined);
            }}
          />
          Only the posts that a masterlist links to
        </label>
        {part === 'from' && (
          <label class="labelled">
            Address of the masterlist
            <input
              type="text"
              inputMode="url"
              required
              value={begin.from ?? ''}
              onInput={(event) => set({ from: event.currentTarget.value })}
            />
          </label>
        )}
        <Check label="Fetch the pictures in my stories, too" on={begin.images} onCheck={(images) => set({ images })} />
      </fieldset>
      <details>
        <summary>Locked posts</summary>
        <label class="labelled">
          Your browser’s cookies: the path of a file <code>cookies.txt</code>
          <input
            type="text"
            aria-describedby="cookies-help"
            value={begin.cookies ?? ''}
            onInput={(event) => set({ cookies: event.currentTarget.value })}
          />
        </label>
        <p class="help" id="cookies-help">
          Several browser extensions save such a file while you are logged in. With it ficferry reads what you may read.
          It is used on this machine for the journal’s site alone, and written nowhere.
        </p>
        <Check
          label="Carry locked posts, too"
          on={begin.includeLocked}
          onCheck={(includeLocked) => set({ includeLocked })}
        >
          They are packed for you alone, and stand on no public page.
        </Check>
      </details>
      <p class="actions">
        <button
          type="submit"
          class={plan && !plan.refused ? undefined : 'main'}
          aria-disabled={isAsking ? 'true' : undefined}
        >
          {isAsking ? 'Asking…' : 'See what it comes to'}
        </button>
      </p>
      {plan && (
        <section
          class={plan.refused ? 'box refused' : 'box plan'}
          tabIndex={-1}
          ref={answer}
          aria-label="What it comes to"
        >
          {plan.refused ? (
            <>
              <p class="bad">{plan.refused.message}</p>
              {plan.refused.advice && <p>{plan.refused.advice}</p>}
            </>
          ) : (
            <>
              <h3>{plan.journal}</h3>
              {plan.lines.map((line) => (
                <p key={line}>{line}</p>
              ))}
              <p class="help place">
                It will be kept in <code>{plan.folder}</code>
              </p>
              <p class="actions">
                <button type="button" class="main" onClick={start}>
                  Start reading
                </button>
              </p>
            </>
          )}
        </section>
      )}
    </form>
  );
}

interface CheckProps {
  label: string;
  on: boolean;
  onCheck: (on: boolean) => void;
  children?: string;
}

function Check({ label, on, onCheck, children }: CheckProps) {
  return (
    <label class="check">
      <input type="checkbox" checked={on} onChange={(event) => onCheck(event.currentTarget.checked)} />
      <span>
        {label}
        {children && <span class="help">{children}</span>}
      </span>
    </label>
  );
}

/** What was said the last time, in an earlier process maybe. */
function begunWith(run: Run): Begin {
  const plain = { address: run?.address ?? '', mine: false, adult: false, images: false, includeLocked: false };
  return { ...plain, ...run?.begun };
}

/** Without what was left blank. */
function tidied(begin: Begin): Begin {
  const { contact, from, cookies, ...rest } = begin;
  const said = Object.entries({ contact, from, cookies })
    .map(([name, value]) => [name, value?.trim()] as const)
    .filter(([, value]) => value);
  return { ...rest, address: begin.address.trim(), ...Object.fromEntries(said) };
}
