/** Errors for somebody who sits before the page: the terminal's words, where flags are called as the page calls them. */
import { FicferryError } from '../errors.js';
import type { Refusal } from './model.js';

/** The page's labels. Flags that `ficferry review` itself takes, such as `--out`, stay as they are. */
const LABELS: Record<string, string> = {
  '--contact': 'Your e-mail address',
  '--mine': 'It is mine, or I have its owner’s leave',
  '--adult': 'I am of age',
  '--from': 'Address of the masterlist',
  '--images': 'Fetch the pictures in my stories, too',
  '--cookies': 'Your browser’s cookies',
  '--include-locked': 'Carry locked posts, too',
};

/** What a person is told of an error. One that is not meant for people is a bug of ours, and is shown so that it can be reported. */
export function plainly(error: unknown): Refusal['error'] {
  if (error instanceof FicferryError) {
    const { message, advice } = error;
    return { message: withLabels(message), ...(advice !== undefined && { advice: withLabels(advice) }) };
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const advice = `Please report it with these lines:\n${stack}`;
  return { message: 'This is a bug of ficferry’s. Nothing you have is lost.', advice };
}

export function withLabels(text: string): string {
  return text
    .replace(/such as --contact /g, 'such as ')
    .replace(/--[a-z]+(?:-[a-z]+)*/g, (flag) => (LABELS[flag] === undefined ? flag : `“${LABELS[flag]}”`));
}
