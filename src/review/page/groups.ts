/** Questions by what they are about, and the answers that fit them all. Pure. */
import type { Answer, QuestionList } from '../model.js';

export interface Group {
  field: string;
  questions: QuestionList['questions'];
}

/** In the order in which the fields come up first. */
export function grouped(questions: QuestionList['questions']): Group[] {
  const groups = new Map<string, QuestionList['questions']>();
  for (const question of questions) groups.set(question.field, [...(groups.get(question.field) ?? []), question]);
  return [...groups].map(([field, own]) => ({ field, questions: own }));
}

/** Fewer are answered one by one. */
const FEWEST = 3;

/** Answers that every question of a group has, with the edits of all. */
export function alike({ questions }: Group): Answer[] {
  const [first] = questions;
  if (!first || questions.length < FEWEST) return [];
  return first.answers.flatMap(({ label }) => {
    const same = questions.map(({ answers }) => answers.find((answer) => answer.label === label));
    return same.every((answer) => answer !== undefined) ? [{ label, edits: same.flatMap(({ edits }) => edits) }] : [];
  });
}
