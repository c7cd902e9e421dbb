/** What the page has to say: what is saved, what failed, and what stands in the way. */
import { useEffect, useState } from 'preact/hooks';
import { useClient } from './context.js';

/** How long something good is shown, in milliseconds; what failed stays until it is put away. */
const LONG = 9000;

export function Notices() {
  const client = useClient();
  const { notice } = client;
  useEffect(() => {
    if (notice?.tone !== 'good') return;
    const timer = window.setTimeout(() => client.dismiss(), LONG);
    return () => window.clearTimeout(timer);
  }, [notice]);
  return (
    <div class="notices">
      <div role="status">
        {notice?.tone === 'good' && (
          <div class="notice" key={notice.number}>
            <p>{notice.text}</p>
            {notice.canUndo && client.state?.decisions.undo !== undefined && (
              <button type="button" onClick={() => client.undo()}>
                Undo
              </button>
            )}
          </div>
        )}
      </div>
      <div role="alert">
        {notice?.tone === 'bad' && (
          <div class="notice bad-notice" key={notice.number}>
            <p>
              {notice.text} {notice.advice}
            </p>
            <button type="button" onClick={() => client.dismiss()}>
              Close
            </button>
          </div>
        )}
      </div>
    </div>
  );
}

/** What holds for the whole page for now. */
export function Banners() {
  const { gone, state } = useClient();
  const [seen, setSeen] = useState('');
  const { trouble, editedElsewhere, revision, file } = state?.decisions ?? {};
  return (
    <div class="banners" role="status">
      {gone && (
        <p class="banner bad-banner">
          <strong>{gone.message}</strong> {gone.advice}
        </p>
      )}
      {trouble && (
        <p class="banner bad-banner">
          <strong>Your decisions can’t be read, so nothing can be changed here until that is mended.</strong> {trouble}
        </p>
      )}
      {editedElsewhere && !trouble && seen !== revision && (
        <p class="banner">
          The file <code>{file}</code> was changed outside this page. Nothing of that is lost; you see it as it is now.{' '}
          <button type="button" class="link" onClick={() => setSeen(revision ?? '')}>
            Good
          </button>
        </p>
      )}
    </div>
  );
}
