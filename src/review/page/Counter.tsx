/** "1,134 of 1,250 characters", louder when it is too much. Read out only then, not at every letter. */
import type { Count } from './counts.js';
import { figure } from './words.js';

export function Counter({ count: { used, limit }, id }: { count: Count; id?: string }) {
  const over = used - limit;
  return (
    <span id={id} class={over > 0 ? 'counter bad' : 'counter'}>
      {figure(used)} of {figure(limit)} characters
      <span role="status">{over > 0 && `, ${figure(over)} too many`}</span>
    </span>
  );
}
