/** What stands in a field's place while it is changed, by the kind of field. Each keeps its draft, and hands over edits. */
import { useState } from 'preact/hooks';
import type { Work } from '../../model.js';
import type { Edit, Suggestions } from '../model.js';
import { useClient } from './context.js';
import { Counted, EditorForm } from './EditorForm.js';
import { type Decided, setField, setNone } from './edits.js';
import { type FieldSpec, namesIn, textIn } from './fields.js';
import { namesOf, Tags } from './Tags.js';
import { labelOf, languageName } from './words.js';

export interface EditorProps {
  spec: FieldSpec;
  work: Work;
  decided: Decided;
  /** The edits, and a list's names as they are now. */
  onSave: (edits: Edit[], names?: string[]) => void;
  onCancel: () => void;
}

export function Editor(props: EditorProps) {
  const Kind = KINDS[props.spec.kind];
  return <Kind {...props} />;
}

function LineEditor({ spec, work, decided, onSave, onCancel }: EditorProps) {
  const { limits } = useClient();
  const [text, setText] = useState(textIn(work, spec.key));
  const trouble = spec.needed && text.trim() === '' ? 'It needs a text.' : undefined;
  return (
    <EditorForm
      label={labelOf(spec.key)}
      trouble={trouble}
      onCancel={onCancel}
      onSave={() => onSave(setField(work, decided, spec.key, text.trim()))}
    >
      <input
        type="text"
        aria-label={labelOf(spec.key)}
        aria-describedby={`${spec.key}-count`}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Counted field={spec.key} text={text} limits={limits} />
    </EditorForm>
  );
}

function ProseEditor({ spec, work, decided, onSave, onCancel }: EditorProps) {
  const { limits } = useClient();
  const [text, setText] = useState(textIn(work, spec.key));
  return (
    <EditorForm
      label={labelOf(spec.key)}
      onCancel={onCancel}
      onSave={() => onSave(setField(work, decided, spec.key, text.trim()))}
    >
      <textarea
        rows={Math.min(14, Math.max(4, text.split('\n').length + 1))}
        aria-label={labelOf(spec.key)}
        aria-describedby={`${spec.key}-count`}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Counted field={spec.key} text={text} limits={limits} />
    </EditorForm>
  );
}

function TagsEditor({ spec, work, decided, onSave, onCancel }: EditorProps) {
  const { api, limits } = useClient();
  const [names, setNames] = useState(namesIn(work, spec.key));
  const [text, setText] = useState('');
  const all = [...names, ...namesOf(text).filter((name) => !names.includes(name))];
  const suggest = async (typed: string, signal: AbortSignal) => {
    const params = { field: spec.key, text: typed, fandoms: work.archive.fandoms.join('\n') };
    const found = await api.get<Suggestions>('suggest', params, signal);
    return found.names.filter((name) => !names.includes(name)).map((name) => ({ value: name, label: name }));
  };
  return (
    <EditorForm
      label={labelOf(spec.key)}
      trouble={spec.needed && all.length === 0 ? 'It needs at least one.' : undefined}
      onCancel={onCancel}
      onSave={() => onSave(setField(work, decided, spec.key, all), all)}
    >
      <Tags
        id={`edit-${spec.key}`}
        label={labelOf(spec.key)}
        names={names}
        limits={spec.key === 'authors' ? undefined : limits}
        suggest={suggest}
        onNames={setNames}
        text={text}
        onText={setText}
      />
    </EditorForm>
  );
}

function ChoiceEditor({ spec, work, decided, onSave, onCancel }: EditorProps) {
  const { limits } = useClient();
  const [choice, setChoice] = useState(work.archive.rating);
  return (
    <EditorForm
      label={labelOf(spec.key)}
      trouble={choice ? undefined : 'Choose one.'}
      onCancel={onCancel}
      onSave={() => onSave(setField(work, decided, spec.key, choice))}
    >
      <fieldset class="picks" data-arrows>
        <legend class="unseen">{labelOf(spec.key)}</legend>
        {(limits?.[spec.of ?? 'ratings'] ?? []).map((name) => (
          <label key={name}>
            <input type="radio" name={spec.key} checked={choice === name} onChange={() => setChoice(name)} />
            {name}
          </label>
        ))}
      </fieldset>
    </EditorForm>
  );
}

function TicksEditor({ spec, work, decided, onSave, onCancel }: EditorProps) {
  const { limits } = useClient();
  const [names, setNames] = useState(namesIn(work, spec.key));
  const all = limits?.[spec.of ?? 'warnings'] ?? [];
  const tick = (name: string, on: boolean) => setNames(all.filter((one) => (one === name ? on : names.includes(one))));
  return (
    <EditorForm
      label={labelOf(spec.key)}
      trouble={spec.needed && names.length === 0 ? 'Choose at least one.' : undefined}
      onCancel={onCancel}
      onSave={() => onSave(setField(work, decided, spec.key, names), names)}
    >
      <fieldset class="picks">
        <legend class="unseen">{labelOf(spec.key)}</legend>
        {all.map((name) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={names.includes(name)}
              onChange={(event) => tick(name, event.currentTarget.checked)}
            />
            {name}
          </label>
        ))}
      </fieldset>
      {spec.help && <p class="help">{spec.help}</p>}
    </EditorForm>
  );
}

function LanguageEditor({ spec, work, decided, onSave, onCancel }: EditorProps) {
  const { limits } = useClient();
  const [code, setCode] = useState(work.language);
  const codes = [...new Set([work.language, ...(limits?.languages ?? [])])];
  return (
    <EditorForm
      label={labelOf(spec.key)}
      onCancel={onCancel}
      onSave={() => onSave(setField(work, decided, spec.key, code))}
    >
      <select aria-label={labelOf(spec.key)} value={code} onChange={(event) => setCode(event.currentTarget.value)}>
        {codes
          .map((one) => ({ one, name: languageName(one) }))
          .sort((a, b) => a.name.localeCompare(b.name))
          .map(({ one, name }) => (
            <option key={one} value={one}>
              {name}
            </option>
          ))}
      </select>
    </EditorForm>
  );
}

function SeriesEditor({ spec, work, decided, onSave, onCancel }: EditorProps) {
  const [name, setName] = useState(work.series?.name ?? '');
  const [number, setNumber] = useState(work.series?.number?.toString() ?? '');
  const value = name.trim() ? { name: name.trim(), ...(number !== '' && { number: Number(number) }) } : null;
  return (
    <EditorForm
      label={labelOf(spec.key)}
      onCancel={onCancel}
      onSave={() => onSave(value ? setField(work, decided, spec.key, value) : setNone(work, decided, spec.key))}
    >
      <label class="labelled">
        Name of the series
        <input type="text" value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <label class="labelled short">
        Which part
        <input
          type="number"
          min="0"
          step="any"
          value={number}
          onInput={(event) => setNumber(event.currentTarget.value)}
        />
      </label>
    </EditorForm>
  );
}

function ProgressEditor({ spec, work, decided, onSave, onCancel }: EditorProps) {
  const [complete, setComplete] = useState(work.complete);
  const [expected, setExpected] = useState(work.expectedChapters?.toString() ?? '');
  const edits = () => [
    ...setField(work, decided, 'complete', complete),
    ...setField(work, decided, 'expectedChapters', complete || expected === '' ? null : Number(expected)),
  ];
  const isWhole = expected === '' || /^[1-9]\d*$/.test(expected);
  return (
    <EditorForm
      label={labelOf(spec.key)}
      trouble={complete || isWhole ? undefined : 'A whole number of chapters, or nothing.'}
      onCancel={onCancel}
      onSave={() => onSave(edits())}
    >
      <fieldset class="picks" data-arrows>
        <legend class="unseen">{labelOf(spec.key)}</legend>
        <label>
          <input type="radio" name="complete" checked={complete} onChange={() => setComplete(true)} />
          It is finished
        </label>
        <label>
          <input type="radio" name="complete" checked={!complete} onChange={() => setComplete(false)} />
          It is not finished
        </label>
      </fieldset>
      {!complete && (
        <label class="labelled short">
          Chapters there will be, if you know
          <input type="number" min="1" value={expected} onInput={(event) => setExpected(event.currentTarget.value)} />
        </label>
      )}
    </EditorForm>
  );
}

function DayEditor({ spec, work, decided, onSave, onCancel }: EditorProps) {
  const [date, setDate] = useState(textIn(work, spec.key));
  return (
    <EditorForm
      label={labelOf(spec.key)}
      onCancel={onCancel}
      onSave={() => onSave(setField(work, decided, spec.key, date || null))}
    >
      <input
        type="date"
        aria-label={labelOf(spec.key)}
        value={date}
        onInput={(event) => setDate(event.currentTarget.value)}
      />
    </EditorForm>
  );
}

/** An address such as https://archiveofourown.org/works/123: what `decisions.yaml` takes. */
const WORK_ADDRESS = /^https?:\/\/[^\s/]+\/(?:\S*\/)?works\/\d+/;

function PlaceEditor({ spec, work, decided, onSave, onCancel }: EditorProps) {
  const [isThere, setThere] = useState(work.onArchive !== undefined);
  const [url, setUrl] = useState(work.onArchive?.url ?? '');
  const trouble =
    isThere && !WORK_ADDRESS.test(url.trim()) ? 'An address such as https://archiveofourown.org/works/123' : undefined;
  return (
    <EditorForm
      label={labelOf(spec.key)}
      trouble={trouble}
      onCancel={onCancel}
      onSave={() => onSave(setField(work, decided, spec.key, isThere ? url.trim() : false))}
    >
      <fieldset class="picks" data-arrows>
        <legend class="unseen">{labelOf(spec.key)}</legend>
        <label>
          <input type="radio" name="there" checked={!isThere} onChange={() => setThere(false)} />
          It is not there
        </label>
        <label>
          <input type="radio" name="there" checked={isThere} onChange={() => setThere(true)} />
          It is there, at this address
        </label>
      </fieldset>
      {isThere && (
        <input
          type="url"
          aria-label="Its address on the archive"
          value={url}
          onInput={(event) => setUrl(event.currentTarget.value)}
        />
      )}
    </EditorForm>
  );
}

const KINDS = {
  line: LineEditor,
  prose: ProseEditor,
  tags: TagsEditor,
  choice: ChoiceEditor,
  ticks: TicksEditor,
  language: LanguageEditor,
  series: SeriesEditor,
  progress: ProgressEditor,
  day: DayEditor,
  place: PlaceEditor,
};
