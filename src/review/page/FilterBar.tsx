/** Search, the lists that narrow, and the order. On a phone the lists are folded away. */
import { useMemo, useRef, useState } from 'preact/hooks';
import type { WorkRow } from '../model.js';
import {
  type Choice,
  choices,
  type Filters,
  NO_FILTERS,
  NONE,
  narrowing,
  type Sort,
  type Standing,
} from './filters.js';
import { figure } from './words.js';

interface Props {
  works: readonly WorkRow[];
  filters: Filters;
  onFilters: (filters: Filters) => void;
}

const STANDINGS: Record<Standing, string> = {
  all: 'All',
  doubts: 'Needs a look',
  unlooked: 'Not looked at',
  looked: 'Looked at',
  locked: 'Locked',
  archive: 'On the archive',
};

const SORTS: Record<Sort, string> = {
  doubts: 'Doubts first',
  title: 'Title',
  newest: 'Newest first',
  oldest: 'Oldest first',
  longest: 'Longest first',
  shortest: 'Shortest first',
};

const LENGTH_CHOICES: Choice[] = [
  { value: 'drabble', label: 'Under 1,000' },
  { value: 'short', label: '1,000 to 5,000' },
  { value: 'middle', label: '5,000 to 20,000' },
  { value: 'long', label: '20,000 to 50,000' },
  { value: 'novel', label: '50,000 and more' },
].map((choice) => ({ ...choice, count: -1 }));

const PART_CHOICES: Choice[] = [
  { value: 'one', label: 'One chapter' },
  { value: 'several', label: 'Several chapters' },
  { value: 'unfinished', label: 'Unfinished' },
].map((choice) => ({ ...choice, count: -1 }));

export function FilterBar({ works, filters, onFilters }: Props) {
  const [isOpen, setOpen] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const lists = useMemo(
    () => ({
      fandom: choices(works, ({ fandoms }) => fandoms, 'No fandom'),
      pairing: choices(works, ({ relationships }) => relationships, 'No pairing'),
      rating: choices(works, ({ rating }) => (rating ? [rating] : []), 'No rating'),
      year: choices(works, ({ published }) => (published ? [published.slice(0, 4)] : []), 'No date'),
    }),
    [works],
  );
  const set = (change: Partial<Filters>) => onFilters({ ...filters, ...change });
  const narrow = narrowing(filters);
  return (
    <search class="filters">
      <div class="filter-row">
        <input
          id="search"
          ref={search}
          type="search"
          aria-label="Search works by title, name, fandom or pairing"
          placeholder="Search"
          value={filters.text}
          onInput={(event) => set({ text: event.currentTarget.value })}
          onKeyDown={(event) => event.key === 'Escape' && search.current?.blur()}
        />
        <Choose
          label="Show"
          value={filters.standing}
          options={Object.entries(STANDINGS)}
          onChoose={(value) => set({ standing: value as Standing })}
        />
        <Choose
          label="Order"
          value={filters.sort}
          options={Object.entries(SORTS)}
          onChoose={(value) => set({ sort: value as Sort })}
        />
        <button
          type="button"
          class="fold"
          aria-expanded={isOpen}
          aria-controls="narrow"
          onClick={() => setOpen(!isOpen)}
        >
          Filters{narrow > 0 && ` (${narrow})`}
        </button>
      </div>
      <div id="narrow" class={isOpen ? 'filter-row narrow open' : 'filter-row narrow'}>
        <Narrow label="Fandom" of={lists.fandom} value={filters.fandom} onChoose={(fandom) => set({ fandom })} />
        <Narrow label="Pairing" of={lists.pairing} value={filters.pairing} onChoose={(pairing) => set({ pairing })} />
        <Narrow label="Rating" of={lists.rating} value={filters.rating} onChoose={(rating) => set({ rating })} />
        <Narrow
          label="Words"
          of={LENGTH_CHOICES}
          value={filters.length}
          onChoose={(length) => set({ length: length as Filters['length'] })}
        />
        <Narrow
          label="Chapters"
          of={PART_CHOICES}
          value={filters.parts}
          onChoose={(parts) => set({ parts: parts as Filters['parts'] })}
        />
        <Narrow label="Year" of={lists.year} value={filters.year} onChoose={(year) => set({ year })} />
        {(narrow > 0 || filters.text || filters.standing !== 'all') && (
          <button type="button" class="link" onClick={() => onFilters({ ...NO_FILTERS, sort: filters.sort })}>
            Clear
          </button>
        )}
      </div>
    </search>
  );
}

interface NarrowProps {
  label: string;
  of: readonly Choice[];
  value: string;
  onChoose: (value: string) => void;
}

/** NUL can stand in no option, so that "none" has a word of its own there. */
const NO = '(none)';

function Narrow({ label, of, value, onChoose }: NarrowProps) {
  const options = of.map((choice): [string, string] => [
    choice.value === NONE ? NO : choice.value,
    choice.count < 0 ? choice.label : `${choice.label} (${figure(choice.count)})`,
  ]);
  return (
    <Choose
      label={label}
      value={value === NONE ? NO : value}
      options={[['', 'Any'], ...options]}
      onChoose={(chosen) => onChoose(chosen === NO ? NONE : chosen)}
    />
  );
}

interface ChooseProps {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChoose: (value: string) => void;
}

function Choose({ label, value, options, onChoose }: ChooseProps) {
  return (
    <label class={value === '' || value === 'all' || label === 'Order' ? 'choose' : 'choose chosen'}>
      <span>{label}</span>
      <select value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
