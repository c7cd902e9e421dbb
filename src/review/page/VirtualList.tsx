/** A long list of which only what is on the screen, and a little around it, is drawn. All rows are as high as `--row` says. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

interface Props<Item> {
  items: readonly Item[];
  keyOf: (item: Item) => string;
  label: string;
  render: (item: Item, index: number) => ComponentChildren;
  /** Drawn wherever the screen is, since it may have the focus; scrolled to as it changes. */
  active?: number;
}

/** Rows drawn above and below the screen. */
const AROUND = 6;

export function VirtualList<Item>({ items, keyOf, label, render, active = -1 }: Props<Item>) {
  const box = useRef<HTMLUListElement>(null);
  const probe = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(112);
  const [[from, to], setRange] = useState([0, 20]);

  const look = () => {
    const row = probe.current?.offsetHeight || height;
    const top = box.current?.getBoundingClientRect().top ?? 0;
    setHeight(row);
    const first = Math.floor(-top / row) - AROUND;
    const last = Math.ceil((window.innerHeight - top) / row) + AROUND;
    setRange((old) => (old[0] === first && old[1] === last ? old : [first, last]));
  };
  useLayoutEffect(look, [items]);
  useLayoutEffect(() => {
    window.addEventListener('scroll', look, { passive: true });
    window.addEventListener('resize', look);
    return () => {
      window.removeEventListener('scroll', look);
      window.removeEventListener('resize', look);
    };
  }, []);

  const drawn: number[] = [];
  for (let index = Math.max(0, from); index < Math.min(items.length, to); index++) drawn.push(index);
  if (active >= 0 && active < items.length && !drawn.includes(active)) {
    if (active < from) drawn.unshift(active);
    else drawn.push(active);
  }
  return (
    <div class="virtual">
      <div class="row-probe" ref={probe} aria-hidden="true" />
      <ul ref={box} class="rows" aria-label={label} style={{ height: `${items.length * height}px` }}>
        {drawn.map((index) => {
          const item = items[index] as Item;
          return (
            <li
              key={keyOf(item)}
              data-index={index}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${index * height}px)` }}
            >
              {render(item, index)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
