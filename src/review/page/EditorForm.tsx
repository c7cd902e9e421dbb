/** What is around every field while it is changed, and what is counted under it. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Limits } from '../model.js';
import { Counter } from './Counter.js';
import { countOf } from './counts.js';

/** The form around every field: Save, Cancel, Escape. The first thing in it has the focus. */
export function EditorForm({
  label,
  onSave,
  onCancel,
  trouble,
  children,
}: {
  label: string;
  onSave: () => void;
  onCancel: () => void;
  /** Why it can't be saved so. */
  trouble?: string;
  children: ComponentChildren;
}) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[role=combobox], input:checked, input, textarea, select')?.focus();
  }, []);
  return (
    <form
      ref={form}
      class="editor"
      aria-label={`Change: ${label}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (!trouble) onSave();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit();
      }}
    >
      {children}
      <p class="actions">
        <button type="submit" class="main" aria-disabled={trouble ? 'true' : undefined}>
          Save
        </button>
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
        {trouble && (
          <span class="bad" role="alert">
            {trouble}
          </span>
        )}
      </p>
    </form>
  );
}

export function Counted({ field, text, limits }: { field: string; text: string; limits: Limits | undefined }) {
  const count = limits && countOf(field, text, limits);
  return (
    <p class="help" id={`${field}-count`}>
      {count && <Counter count={count} />}
      {count && field !== 'title' && field !== 'chapterTitle' && ' as the archive counts them'}
    </p>
  );
}
