/** A field with suggestions, after the ARIA pattern: what is typed stays, arrows choose, Enter takes, Escape closes. */
import type { Ref } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { count } from './words.js';

export interface Option {
  value: string;
  label: string;
  note?: string;
}

interface Props {
  id: string;
  label: string;
  /** Ids of what describes it. */
  describedBy?: string;
  text: string;
  invalid?: boolean;
  suggest: (text: string, signal: AbortSignal) => Promise<readonly Option[]>;
  onText: (text: string) => void;
  onPick: (option: Option) => void;
  /** Enter without a choice. Where it returns false, Enter does what it does in any form. */
  onEnter?: (text: string) => boolean;
  /** Backspace at the very beginning. */
  onBack?: () => void;
  inputRef?: Ref<HTMLInputElement>;
}

/** Between letters nobody is asked. */
const PAUSE = 120;

export function Combobox(props: Props) {
  const { id, label, describedBy, text, suggest } = props;
  const [options, setOptions] = useState<readonly Option[]>([]);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!isOpen) return;
    const controller = new AbortController();
    const ask = async () => {
      const found = await suggest(text.trim(), controller.signal).catch(() => []);
      if (controller.signal.aborted) return;
      setOptions(found);
      setActive(-1);
    };
    const timer = window.setTimeout(() => void ask(), PAUSE);
    return () => {
      window.clearTimeout(timer);
      controller.abort();
    };
  }, [text, isOpen]);

  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const shown = isOpen && options.length > 0;
  const close = () => {
    setOpen(false);
    setActive(-1);
  };
  const pick = (option: Option) => {
    close();
    props.onPick(option);
  };
  const press = (event: KeyboardEvent) => {
    const chosen = shown ? options[active] : undefined;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!shown) return setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((active + step + options.length + (active < 0 && step < 0 ? 1 : 0)) % options.length);
    } else if (event.key === 'Enter' && chosen) {
      event.preventDefault();
      pick(chosen);
    } else if (event.key === 'Enter' && props.onEnter?.(text)) {
      event.preventDefault();
      close();
    } else if (event.key === 'Escape' && shown) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === 'Backspace' && text === '') props.onBack?.();
  };

  return (
    <div class="combobox">
      <input
        ref={props.inputRef}
        id={id}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={props.invalid ? 'true' : undefined}
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined}
        value={text}
        onInput={(event) => {
          props.onText(event.currentTarget.value);
          setOpen(true);
        }}
        onKeyDown={press}
        onClick={() => setOpen(true)}
        onBlur={close}
      />
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={`Suggestions for ${label}`} hidden={!shown}>
        {options.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
          <div
            key={option.value}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => pick(option)}
          >
            {option.label}
            {option.note && <span class="note">{option.note}</span>}
          </div>
        ))}
      </div>
      <span class="unseen" role="status">
        {shown ? count(options.length, 'suggestion') : ''}
      </span>
    </div>
  );
}
