/** One work: its fields, its chapters, its texts, and what a person says of it. */
import { useEffect, useState } from 'preact/hooks';
import type { EntryKey } from '../../model.js';
import type { WorkDetail } from '../model.js';
import { Chapters } from './Chapters.js';
import { go, useAnswer, useClient } from './context.js';
import * as edits from './edits.js';
import { FieldRow, type Line } from './FieldRow.js';
import { GROUPS } from './fields.js';
import { useKeys } from './keys.js';
import { beside, shelf } from './shelf.js';
import { Texts } from './Texts.js';
import { WorkHead } from './WorkHead.js';
import { named } from './words.js';

export function Work({ workKey, field }: { workKey: EntryKey; field?: string }) {
  const client = useClient();
  const { answer: detail, failed } = useAnswer<WorkDetail>(
    (signal) => client.api.get('work', { key: workKey }, signal),
    [workKey, client.edition],
  );
  const isThis = detail?.work.chapters.some(({ entry }) => entry === workKey);
  if (failed && !isThis)
    return (
      <>
        <h1 tabIndex={-1}>This work is not in the list</h1>
        <p>{failed}</p>
        <p>
          It may have been taken out, or become part of another. <a href="#/works">All works</a>
        </p>
      </>
    );
  if (!detail || !isThis) return <p class="help">Fetching the work…</p>;
  return <Sheet key={edits.keyOf(detail.work)} detail={detail} field={field} />;
}

function Sheet({ detail, field }: { detail: WorkDetail; field: string | undefined }) {
  const client = useClient();
  const { work } = detail;
  const key = edits.keyOf(work);
  const posts = edits.entriesOf(work);
  const [shown, setShown] = useState(key);
  const [line, setLine] = useState<Line>();
  const entry = posts.includes(shown) ? shown : key;
  shelf.last = key;

  useEffect(() => {
    if (field) document.getElementById(`field-${field}`)?.scrollIntoView({ block: 'center' });
  }, []);

  // In the list as she narrowed it; whoever came by another way has the server's.
  const isListed = shelf.order.includes(key);
  const next = isListed ? beside(key, 1) : detail.next;
  const previous = isListed ? beside(key, -1) : detail.previous;
  const to = (other: EntryKey | undefined) => {
    if (other === undefined) return client.praise('That was the last of the list.');
    go({ view: 'work', key: other });
  };
  // Nobody waits for what is being saved: what fails is said wherever she is by then.
  const leave = () => go(next === undefined ? { view: 'works' } : { view: 'work', key: next });
  const approve = () => {
    if (!detail.looked)
      void client.decide(`${named(work.title)} is looked at`, edits.setField(work, detail.decided, 'looked', true));
    leave();
  };
  const takeOut = () => {
    void client.decide(`${named(work.title)} is taken out`, edits.takeOut(work, detail.decided));
    leave();
  };
  useKeys({
    j: () => to(next),
    k: () => previous && to(previous),
    ArrowRight: () => to(next),
    ArrowLeft: () => previous && to(previous),
    a: approve,
    '/': () => {
      go({ view: 'works' });
      window.setTimeout(() => document.getElementById('search')?.focus(), 50);
    },
  });
  const showLine = (asked: Line) => {
    setShown(asked.entry);
    setLine({ ...asked });
  };
  const backTo = (name: string) => {
    const row = document.getElementById(`field-${name}`);
    row?.scrollIntoView({ block: 'center' });
    const back = row?.querySelector<HTMLElement>('.origin button') ?? row?.querySelector('button');
    back?.focus({ preventScroll: true });
  };

  return (
    <div class="work">
      <WorkHead detail={detail} onNext={() => to(next)} onPrevious={previous ? () => to(previous) : undefined} />
      <div class="work-body">
        <div class="work-fields">
          {GROUPS.map(({ title, fields }) => (
            <section key={title} aria-label={title}>
              <h2>{title}</h2>
              <dl class="fields">
                {fields.map((spec) => (
                  <FieldRow key={spec.key} spec={spec} detail={detail} isAsked={spec.key === field} onLine={showLine} />
                ))}
              </dl>
            </section>
          ))}
          <Chapters detail={detail} shown={entry} onShow={setShown} />
          <section aria-labelledby="out-title">
            <h2 id="out-title">Not this one?</h2>
            <p>A work that is taken out stays at home. It is listed under “Left out”, and can be taken in again.</p>
            <p class="actions">
              <button type="button" onClick={takeOut}>
                Take this work out
              </button>
            </p>
          </section>
        </div>
        <Texts chapters={work.chapters} entry={entry} onEntry={setShown} line={line} onBack={backTo} />
      </div>
      <div class="bar">
        <button type="button" disabled={!previous} onClick={() => to(previous)}>
          Previous
        </button>
        <button type="button" class="main" onClick={approve}>
          {detail.looked ? 'Next' : next ? 'Looks right, next' : 'Looks right'}
        </button>
        {detail.looked && (
          <button
            type="button"
            onClick={() => client.decide(`${named(work.title)} is not looked at`, edits.takeBack(work, 'looked'))}
          >
            Not looked at
          </button>
        )}
        {!detail.looked && next && (
          <button type="button" onClick={() => to(next)}>
            Skip
          </button>
        )}
      </div>
    </div>
  );
}
