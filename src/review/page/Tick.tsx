/** "Through": ticked as soon as it is pressed, and taken back where it could not be saved. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

interface Props {
  isDone: boolean;
  /** @returns whether it is saved */
  onTick: (done: boolean) => Promise<boolean>;
  children: ComponentChildren;
}

export function Tick({ isDone, onTick, children }: Props) {
  const [on, setOn] = useState(isDone);
  useEffect(() => setOn(isDone), [isDone]);
  const tick = async (wanted: boolean) => {
    setOn(wanted);
    if (!(await onTick(wanted))) setOn(!wanted);
  };
  return (
    <label class="check">
      <input type="checkbox" checked={on} onChange={(event) => void tick(event.currentTarget.checked)} />
      {children}
    </label>
  );
}
