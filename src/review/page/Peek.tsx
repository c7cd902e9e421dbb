/** A post that was left out, to be read before it is taken in. */
import { useEffect, useRef } from 'preact/hooks';
import type { LeftOutRow, PostText } from '../model.js';
import { useAnswer, useClient } from './context.js';
import { Story } from './Story.js';
import { amount, postName } from './words.js';

interface Props {
  row: LeftOutRow;
  onTakeIn: () => void;
  onClose: () => void;
}

export function Peek({ row, onTakeIn, onClose }: Props) {
  const { api } = useClient();
  const dialog = useRef<HTMLDialogElement>(null);
  const { answer, failed } = useAnswer<PostText>(
    (signal) => api.get('text', { entry: row.entry }, signal),
    [row.entry],
  );
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby="peek-title" onClose={onClose}>
      <h2 id="peek-title">{postName(row)}</h2>
      {failed && <p class="bad">{failed}</p>}
      {answer && <p class="help">{amount(answer.words, 'word')}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="peek" tabIndex={0} aria-label="The post">
        {answer ? <Story html={answer.html} /> : !failed && <p class="help">Fetching the text…</p>}
      </section>
      <p class="actions">
        <button type="button" class="main" onClick={onTakeIn}>
          Take in
        </button>
        <button type="button" onClick={() => dialog.current?.close()}>
          Leave out
        </button>
      </p>
    </dialog>
  );
}
