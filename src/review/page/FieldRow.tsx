/** One field: its value, where that came from, what is wrong with it, and its editor in its place. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { EntryKey, Evidence } from '../../model.js';
import type { Edit, WorkDetail } from '../model.js';
import { useClient } from './context.js';
import { Everywhere } from './Everywhere.js';
import { Editor } from './editors.js';
import { type Everywhere as Correction, everywhere, takeBack } from './edits.js';
import { type FieldSpec, namesIn, shownOf } from './fields.js';
import { labelOf, named, sourceOf } from './words.js';

/** A line of the original that a field was read from. */
export interface Line {
  entry: EntryKey;
  line: number;
  field: string;
}

interface Props {
  spec: FieldSpec;
  detail: WorkDetail;
  /** Opened for changing from the beginning. */
  isAsked: boolean;
  onLine: (line: Line) => void;
}

export function FieldRow({ spec, detail, isAsked, onLine }: Props) {
  const client = useClient();
  const [isOpen, setOpen] = useState(isAsked);
  const [offer, setOffer] = useState<Correction>();
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !isOpen) button.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);

  const { work, decided } = detail;
  const label = labelOf(spec.key);
  const shown = shownOf(work, spec);
  const misfits = detail.misfits.filter(({ field, chapter }) => field === spec.key && chapter === undefined);
  const questions = work.questions.filter(({ field }) => field === spec.key);
  const isDecided = [spec.key, ...(spec.key === 'complete' ? ['expectedChapters'] : [])].some((key) => key in decided);
  const what = `${label.toLowerCase()} of ${named(work.title)}`;

  const save = async (edits: Edit[], names?: string[]) => {
    const before = namesIn(work, spec.key);
    if (!(await client.decide(what, edits))) return;
    setOpen(false);
    if (names) setOffer(everywhere(spec.key, before, names, work.header));
  };
  const back = () =>
    client.decide(`${what}, as it was read`, [
      ...takeBack(work, spec.key),
      ...(spec.key === 'complete' ? takeBack(work, 'expectedChapters') : []),
    ]);

  return (
    <div class={misfits.length + questions.length > 0 ? 'field doubtful' : 'field'} id={`field-${spec.key}`}>
      <dt>{label}</dt>
      <dd>
        {isOpen ? (
          <Editor spec={spec} work={work} decided={decided} onSave={save} onCancel={() => setOpen(false)} />
        ) : (
          <div class="value-line">
            <Value spec={spec} detail={detail} shown={shown} />
            <button
              ref={button}
              type="button"
              class="quiet"
              aria-label={`Change ${label.toLowerCase()}`}
              onClick={() => setOpen(true)}
            >
              Change
            </button>
          </div>
        )}
        {misfits.map(({ message, advice, kind }) => (
          <p key={message} class={kind === 'look' ? 'doubt' : 'bad'}>
            {message} {advice}
          </p>
        ))}
        {questions.map(({ text }) => (
          <p key={text} class="doubt">
            {text}
          </p>
        ))}
        <Origins spec={spec} detail={detail} onLine={onLine} />
        {isDecided && !isOpen && (
          <p class="origin">
            <span class="badge own">your word</span>{' '}
            <button type="button" class="link" aria-label={`Take back: ${label.toLowerCase()}`} onClick={back}>
              Take back
            </button>
          </p>
        )}
        {offer && !isOpen && (
          <Everywhere offer={offer} field={spec.key} work={work} onDone={() => setOffer(undefined)} />
        )}
      </dd>
    </div>
  );
}

function Value({ spec, detail: { work }, shown }: { spec: FieldSpec; detail: WorkDetail; shown: string }) {
  if (shown === '') return <span class="nothing">{spec.needed ? 'Missing' : 'None'}</span>;
  if (spec.kind !== 'tags' && spec.kind !== 'ticks') return <span class="value">{shown}</span>;
  return (
    <ul class="chips value">
      {namesIn(work, spec.key).map((name) => (
        <li class="chip" key={name}>
          {name}
        </li>
      ))}
    </ul>
  );
}

/** What the archive's word rests on, and the header behind it. */
function Origins({ spec, detail: { from, work }, onLine }: Pick<Props, 'spec' | 'detail' | 'onLine'>) {
  const names = [`archive.${spec.key}`, spec.key, ...(spec.also ?? [])];
  const all = names.flatMap((name) => from[name] ?? []).filter((one) => one.from !== 'decision');
  return (
    <>
      {distinct(all).map((one) => (
        <p class="origin" key={`${one.from} ${one.line} ${one.raw}`}>
          {one.line === undefined ? (
            sourceOf(one)
          ) : (
            <button
              type="button"
              class="link"
              onClick={() =>
                onLine({ entry: one.entry ?? work.chapters[0]?.entry ?? '', line: one.line ?? 1, field: spec.key })
              }
            >
              {sourceOf(one)}
            </button>
          )}
          {one.raw && <q>{short(one.raw)}</q>}
        </p>
      ))}
    </>
  );
}

function distinct<One extends Evidence>(all: readonly One[]): One[] {
  return all.filter(
    (one, at) =>
      all.findIndex(({ from, raw, line }) => from === one.from && raw === one.raw && line === one.line) === at,
  );
}

function short(raw: string): string {
  const letters = [...raw];
  return letters.length > 160 ? `${letters.slice(0, 160).join('')}…` : raw;
}
