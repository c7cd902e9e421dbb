/** The head of the page: where one is, where one can go, and undo. */
import { useClient } from './context.js';
import { hashOf, type Route } from './route.js';
import { figure } from './words.js';

type Place = Exclude<Route, { view: 'work' }>['view'];

export function Head({ view, onHelp }: { view: Route['view']; onHelp: () => void }) {
  const client = useClient();
  const { state } = client;
  const undo = state?.decisions.undo;
  const counts = state?.counts;
  const places: [Place, string, number | undefined][] = [
    ['begin', 'Begin', undefined],
    ['questions', 'Questions', counts?.questions],
    ['works', 'Works', counts?.works],
    ['left-out', 'Left out', counts?.leftOut],
    ['hand-over', 'Hand over', undefined],
  ];
  const here = view === 'work' ? 'works' : view;
  return (
    <header class="head">
      <p class="brand">
        <span class="brand-name">ficferry</span>
        {state?.run && <span class="brand-journal">{state.run.journal}</span>}
      </p>
      <nav aria-label="Views">
        <ul>
          {places.map(([place, name, number]) => (
            <li key={place}>
              <a href={hashOf({ view: place })} aria-current={place === here ? 'page' : undefined}>
                {name}
                {number !== undefined && number > 0 && (
                  <>
                    {' '}
                    <span class="count">{figure(number)}</span>
                  </>
                )}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="tools">
        <button
          type="button"
          class="quiet"
          aria-disabled={undo === undefined ? 'true' : undefined}
          aria-label={undo === undefined ? 'Undo: nothing to take back' : `Undo ${undo}`}
          title={undo}
          onClick={() => client.undo()}
        >
          Undo
        </button>
        <button type="button" class="quiet" aria-label="Help and keys" onClick={onHelp}>
          ?
        </button>
      </div>
    </header>
  );
}
