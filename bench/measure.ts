import { performance } from 'node:perf_hooks';

/** Milliseconds of each run after a warm-up of a tenth as many. */
export function times(runs: number, work: () => unknown): number[] {
  for (let index = 0; index < Math.ceil(runs / 10) + 2; index++) work();
  return Array.from({ length: runs }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
}

/** The same for what takes seconds: one run to warm up. */
export function few(runs: number, work: () => unknown): number[] {
  return Array.from({ length: runs + 1 }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  }).slice(1);
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** One line: what, median, least and most, remark. */
export function row(what: string, values: number[], unit: string, remark: string): void {
  const figure = (value: number) => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
  const spread =
    values.length > 1 ? `(${figure(Math.min(...values))}–${figure(Math.max(...values))}, ${values.length} runs)` : '';
  console.log(
    `${what.padEnd(52)} ${figure(median(values)).padStart(8)} ${unit.padEnd(3)} ${spread.padEnd(30)} ${remark}`.trimEnd(),
  );
}
