/** A button that copies, and says that it did. */
import { useEffect, useState } from 'preact/hooks';
import { asFailed } from './client.js';
import { useClient } from './context.js';

interface Props {
  /** What the button says. */
  children: string;
  /** What is copied, where it is not what `children` says: for those who hear the page. */
  label?: string;
  text: () => string | Promise<string>;
  look?: 'quiet' | 'plain' | 'main';
}

export function Copy({ children, label, text, look = 'quiet' }: Props) {
  const client = useClient();
  const [isDone, setDone] = useState(false);
  useEffect(() => {
    if (!isDone) return;
    const timer = window.setTimeout(() => setDone(false), 2500);
    return () => window.clearTimeout(timer);
  }, [isDone]);
  const copy = async () => {
    try {
      await put(text());
      setDone(true);
    } catch (error) {
      client.say(asFailed(error));
    }
  };
  return (
    <>
      <button type="button" class={look} aria-label={isDone ? undefined : label} onClick={copy}>
        {isDone ? 'Copied ✓' : children}
      </button>
      <span class="unseen" role="status">
        {isDone ? 'Copied' : ''}
      </span>
    </>
  );
}

/** What is fetched first is promised to the clipboard within the press, or some browsers would no more take it as hers. */
async function put(text: string | Promise<string>): Promise<void> {
  if (typeof text === 'string') return navigator.clipboard.writeText(text);
  const blob = text.then((said) => new Blob([said], { type: 'text/plain' }));
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
  } catch {
    // Either the text did not come, which is said, or a promise is not taken here.
    await navigator.clipboard.writeText(await text);
  }
}
