/** A list of names as chips: press one to write it anew, its cross to take it out; what is typed becomes one more. */
import { useRef, useState } from 'preact/hooks';
import type { Limits } from '../model.js';
import { Combobox, type Option } from './Combobox.js';
import { Counter } from './Counter.js';
import { countTag, isNear, troubleOf } from './counts.js';

interface Props {
  id: string;
  label: string;
  names: readonly string[];
  limits?: Limits;
  suggest: (text: string, signal: AbortSignal) => Promise<readonly Option[]>;
  onNames: (names: string[]) => void;
  /** What stands in the field and is no chip yet; it is saved with the rest. */
  text: string;
  onText: (text: string) => void;
}

export function Tags({ id, label, names, limits, suggest, onNames, text, onText }: Props) {
  /** Where the name being written anew stood. */
  const [place, setPlace] = useState<number>();
  const [said, say] = useState('');
  const input = useRef<HTMLInputElement>(null);

  const put = (typed: string): boolean => {
    const fresh = namesOf(typed).filter((name) => !names.includes(name));
    if (namesOf(typed).length === 0) return false;
    onNames(names.toSpliced(place ?? names.length, 0, ...fresh));
    onText('');
    setPlace(undefined);
    say(fresh.length > 0 ? `Added: ${fresh.join(', ')}` : 'It is there already');
    return true;
  };
  const takeOut = (index: number) => {
    onNames(names.filter((_, other) => other !== index));
    say(`Taken out: ${names[index]}`);
    input.current?.focus();
  };
  const change = (index: number) => {
    const kept = names.filter((_, other) => other !== index);
    // What was being typed is not lost for it.
    onNames(text.trim() && !kept.includes(text.trim()) ? [...kept, text.trim()] : kept);
    onText(names[index] ?? '');
    setPlace(index);
    input.current?.focus();
  };
  const trouble = limits && text.trim() ? troubleOf(text.trim(), limits) : undefined;
  return (
    <div class="tags-editor">
      {names.length > 0 && (
        <ul class="chips" aria-label={`${label}, chosen`}>
          {names.map((name, index) => (
            <li key={name} class={limits && troubleOf(name, limits) ? 'chip bad' : 'chip'}>
              <button type="button" class="chip-name" aria-label={`Change ${name}`} onClick={() => change(index)}>
                {name}
              </button>
              <button type="button" class="chip-out" aria-label={`Take out ${name}`} onClick={() => takeOut(index)}>
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <Combobox
        id={id}
        label={`${label}: add a name`}
        describedBy={`${id}-help ${id}-trouble`}
        invalid={trouble !== undefined}
        text={text}
        suggest={suggest}
        inputRef={input}
        onText={(typed) => (typed.includes(',') && namesOf(typed).length > 0 ? void put(typed) : onText(typed))}
        onPick={({ value }) => void put(value)}
        onEnter={put}
        onBack={() => {
          const all = input.current?.closest('.tags-editor')?.querySelectorAll<HTMLElement>('.chip-out');
          all?.[all.length - 1]?.focus();
        }}
      />
      <p id={`${id}-help`} class="help">
        Enter or a comma ends a name.
        {limits && isNear(countTag(text, limits)) && <Counter count={countTag(text, limits)} />}
      </p>
      <p id={`${id}-trouble`} class="bad" role="alert">
        {trouble && `“${text.trim()}” ${trouble}.`}
      </p>
      {names.map((name) => {
        const why = limits && troubleOf(name, limits);
        return why && <p class="bad" key={name}>{`“${name}” ${why}.`}</p>;
      })}
      <span class="unseen" role="status">
        {said}
      </span>
    </div>
  );
}

/** Names parted by commas, which no tag may hold. */
export function namesOf(typed: string): string[] {
  return [
    ...new Set(
      typed
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    ),
  ];
}
