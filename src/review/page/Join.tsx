/** Another work's chapters are taken in behind this one's. */
import { useState } from 'preact/hooks';
import type { WorkDetail, WorkRow } from '../model.js';
import { Combobox, type Option } from './Combobox.js';
import { asFailed } from './client.js';
import { useClient } from './context.js';
import { EditorForm } from './EditorForm.js';
import * as edits from './edits.js';
import { day, named, parts } from './words.js';

const SHOWN = 12;

export function Join({ detail: { work, decided } }: { detail: WorkDetail }) {
  const client = useClient();
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [other, setOther] = useState<Option>();

  const suggest = async (typed: string): Promise<Option[]> => {
    await client.wantList();
    const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
    const others = client.list?.works.filter((row) => row.key !== edits.keyOf(work)) ?? [];
    return others
      .filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)))
      .slice(0, SHOWN)
      .map(optionOf);
  };
  const join = async () => {
    if (!other) return;
    try {
      const theirs = await client.api.get<WorkDetail>('work', { key: other.value });
      const what = `${other.label} is part of ${named(work.title)}`;
      if (await client.decide(what, edits.join(work, decided, theirs.work))) close();
    } catch (error) {
      client.say(asFailed(error));
    }
  };
  const close = () => {
    setOpen(false);
    setText('');
    setOther(undefined);
  };
  if (!isOpen)
    return (
      <p class="actions">
        <button type="button" onClick={() => setOpen(true)}>
          Join with another work…
        </button>
      </p>
    );
  return (
    <EditorForm
      label="Join with another work"
      trouble={other ? undefined : 'Choose a work from the list.'}
      onSave={join}
      onCancel={close}
    >
      <Combobox
        id="join"
        label="Title of the other work"
        text={text}
        suggest={suggest}
        onText={(typed) => {
          setText(typed);
          setOther(undefined);
        }}
        onPick={(option) => {
          setText(option.label);
          setOther(option);
        }}
        onEnter={() => other === undefined}
      />
      <p class="help">Its chapters come behind these. Title and fields of this work stay.</p>
    </EditorForm>
  );
}

function optionOf(row: WorkRow): Option {
  const note = [parts(row), row.published && day(row.published)].filter(Boolean).join(' · ');
  return { value: row.key, label: named(row.title), note };
}
