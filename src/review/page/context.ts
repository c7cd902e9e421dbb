/** What every view has at hand. */
import { createContext } from 'preact';
import { useContext, useEffect, useLayoutEffect, useReducer, useState } from 'preact/hooks';
import { asFailed, type Client } from './client.js';
import { hashOf, type Route } from './route.js';

export const ClientContext = createContext<Client | undefined>(undefined);

/** The client; the view is drawn again whenever it has news. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (!client) throw new Error('there is no client here');
  const [, again] = useReducer((count: number, _: undefined) => count + 1, 0);
  // From the moment it is drawn: the first answer may come before the browser has painted, which is when effects run.
  useLayoutEffect(() => client.listen(() => again(undefined)), [client]);
  return client;
}

export function go(route: Route): void {
  location.hash = hashOf(route);
}

/** What `ask` answers, asked again whenever one of `about` changes; the old answer stays until the new one is there. */
export function useAnswer<Answer>(
  ask: (signal: AbortSignal) => Promise<Answer>,
  about: readonly unknown[],
): { answer?: Answer; failed?: string } {
  const [held, hold] = useState<{ answer?: Answer; failed?: string }>({});
  useEffect(() => {
    const controller = new AbortController();
    ask(controller.signal).then(
      (answer) => !controller.signal.aborted && hold({ answer }),
      (error: unknown) => !controller.signal.aborted && hold({ failed: asFailed(error).message }),
    );
    return () => controller.abort();
  }, about);
  return held;
}
