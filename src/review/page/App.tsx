/** The whole page: its head, what it has to say, and the view that the address names. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Begin } from './Begin.js';
import { useClient } from './context.js';
import { HandOver } from './HandOver.js';
import { Head } from './Head.js';
import { Help } from './Help.js';
import { useKeys } from './keys.js';
import { LeftOut } from './LeftOut.js';
import { Banners, Notices } from './Notices.js';
import { Questions } from './Questions.js';
import { type Route, routeOf } from './route.js';
import { Work } from './Work.js';
import { Works } from './Works.js';

const TITLES: Record<Route['view'], string> = {
  begin: 'Begin',
  works: 'Works',
  work: 'A work',
  questions: 'Questions',
  'left-out': 'Left out',
  'hand-over': 'Hand over',
};

const FIRST: Route = { view: 'begin' };

export function App() {
  const client = useClient();
  const [route, setRoute] = useState<Route>(() => routeOf(location.hash) ?? FIRST);
  const [isHelpOpen, setHelp] = useState(false);
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  useLayoutEffect(() => {
    const turn = () => setRoute(routeOf(location.hash) ?? FIRST);
    window.addEventListener('hashchange', turn);
    return () => window.removeEventListener('hashchange', turn);
  }, []);
  const place = JSON.stringify(route);
  // Whoever hears the page is led to the head of the new view; the list of works leads its own focus back.
  useEffect(() => {
    document.title = `${TITLES[route.view]} – ficferry`;
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    if (route.view !== 'works') window.scrollTo(0, 0);
    return whenThere(main.current);
  }, [place]);
  useKeys({
    '?': () => setHelp(true),
    u: () => void client.undo(),
  });
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        To the content
      </button>
      <Head view={route.view} onHelp={() => setHelp(true)} />
      <Banners />
      <main id="main" ref={main} tabIndex={-1} class={`view-${route.view}`}>
        <View route={route} />
      </main>
      <Notices />
      {isHelpOpen && <Help onClose={() => setHelp(false)} />}
    </>
  );
}

function View({ route }: { route: Route }) {
  switch (route.view) {
    case 'begin':
      return <Begin />;
    case 'works':
      return <Works />;
    case 'work':
      return <Work key={route.key} workKey={route.key} field={route.field} />;
    case 'questions':
      return <Questions />;
    case 'left-out':
      return <LeftOut />;
    case 'hand-over':
      return <HandOver />;
  }
}

/** Focuses the view's heading as soon as it is drawn, unless the focus is in the view already. */
function whenThere(main: HTMLElement | null): () => void {
  const look = () => {
    const heading = main?.querySelector<HTMLElement>('h1');
    if (!heading) return false;
    const focused = document.activeElement;
    if (!focused || focused === document.body || !main?.contains(focused) || focused === main)
      heading.focus({ preventScroll: true });
    return true;
  };
  if (look() || !main) return () => {};
  const observer = new MutationObserver(() => look() && observer.disconnect());
  observer.observe(main, { childList: true, subtree: true });
  return () => observer.disconnect();
}
