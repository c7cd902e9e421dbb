/** The keys, and how to switch them off. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { areKeysOn, switchKeys } from './keys.js';

const KEYS: readonly [string, string][] = [
  ['j or ↓', 'next work of the list'],
  ['k or ↑', 'previous work of the list'],
  ['Enter', 'open the work'],
  ['j or →, k or ←', 'in a work: the next, the previous'],
  ['a', 'it looks right; go to the next'],
  ['u', 'undo'],
  ['/', 'search'],
  ['Escape', 'leave a field without saving'],
  ['?', 'this help'],
];

export function Help({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOn, setOn] = useState(areKeysOn());
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby="help-title" onClose={onClose}>
      <h2 id="help-title">Keys</h2>
      <dl class="keys">
        {KEYS.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) => {
            setOn(event.currentTarget.checked);
            switchKeys(event.currentTarget.checked);
          }}
        />
        Use these keys
      </label>
      <p class="help">
        Every change is saved at once, in the file decisions.yaml beside your works. What you wrote there yourself
        stays.
      </p>
      <p class="actions">
        <button type="button" class="main" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </p>
    </dialog>
  );
}
