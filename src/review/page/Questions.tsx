/** What only the author can know, in one list, with the answers as buttons. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Answer, QuestionList } from '../model.js';
import { useAnswer, useClient } from './context.js';
import { FIELDS } from './fields.js';
import { alike, type Group, grouped } from './groups.js';
import { hashOf } from './route.js';
import { count, figure, labelOf, named } from './words.js';

type Asked = QuestionList['questions'][number];

/** Shown of a group at first, and more with each press. */
const SHOWN = 30;

export function Questions() {
  const client = useClient();
  const { answer: list, failed } = useAnswer<QuestionList>(
    (signal) => client.api.get('questions', {}, signal),
    [client.edition],
  );
  // The same groups as long as the list is the same, so that the focus moves when a question is gone and not before.
  const groups = useMemo(() => grouped(list?.questions ?? []), [list]);
  if (failed) return <p class="bad">{failed}</p>;
  if (!list) return <p class="help">Fetching the questions…</p>;
  return (
    <>
      <div class="view-head">
        <h1 tabIndex={-1}>Questions</h1>
        <p class="help" role="status">
          {list.questions.length === 0 ? 'No question is open.' : `${count(list.questions.length, 'question')} left`}
        </p>
      </div>
      {list.questions.length === 0 ? (
        <p>
          Nothing is left to ask. <a href="#/works">Look over your works</a>
        </p>
      ) : (
        <p class="lead">
          What the reading could not know. Answer here, or leave a question open: nothing is claimed in your name that
          you did not say.
        </p>
      )}
      {groups.map((group) => (
        <GroupOf key={group.field} group={group} />
      ))}
    </>
  );
}

function GroupOf({ group }: { group: Group }) {
  const [shown, setShown] = useState(SHOWN);
  const { questions, field } = group;
  const id = `group-${field}`;
  const box = useRef<HTMLElement>(null);
  const place = useRef<number | undefined>(undefined);
  // Where the answered question stood, the next one has the focus.
  useEffect(() => {
    if (place.current === undefined) return;
    const cards = box.current?.querySelectorAll<HTMLElement>('.question');
    (cards?.[Math.min(place.current, cards.length - 1)] ?? document.querySelector<HTMLElement>('h1'))?.focus();
    place.current = undefined;
  }, [questions]);
  return (
    <section aria-labelledby={id} ref={box}>
      <h2 id={id}>
        {labelOf(field)} <span class="count">{figure(questions.length)}</span>
      </h2>
      <All group={group} />
      <ul class="questions">
        {questions.slice(0, shown).map((question, at) => (
          <Card
            key={`${question.work} ${question.text}`}
            question={question}
            onAnswered={() => {
              place.current = at;
            }}
          />
        ))}
      </ul>
      {questions.length > shown && (
        <p class="actions">
          <button type="button" onClick={() => setShown(shown + SHOWN)}>
            Show {Math.min(SHOWN, questions.length - shown)} more
          </button>
        </p>
      )}
    </section>
  );
}

/** One answer for all works of a group, where all can be answered so. */
function All({ group }: { group: Group }) {
  const client = useClient();
  const answers = alike(group);
  if (answers.length === 0) return null;
  const { questions, field } = group;
  return (
    <fieldset class="box">
      <legend class="unseen">The same answer for all: {labelOf(field)}</legend>
      <p>The same for all {figure(questions.length)}:</p>
      <p class="actions">
        {answers.map(({ label, edits }) => (
          <button
            type="button"
            key={label}
            onClick={() => client.decide(`“${label}” for ${count(questions.length, 'question')}`, edits)}
          >
            {label}
          </button>
        ))}
      </p>
    </fieldset>
  );
}

function Card({ question, onAnswered }: { question: Asked; onAnswered: () => void }) {
  const client = useClient();
  const { work, text, field, answers } = question;
  const title = named(question.title);
  const choose = async ({ label, edits }: Answer) => {
    onAnswered();
    await client.decide(`“${label}” for ${title}`, edits);
  };
  const isField = FIELDS.some(({ key }) => key === field);
  return (
    <li class="question" tabIndex={-1} aria-label={`${title}: ${text}`}>
      <p class="question-text">{text}</p>
      <p class="help">
        about <a href={hashOf({ view: 'work', key: work })}>{title}</a>
      </p>
      <p class="actions">
        {answers.map((answer) => (
          <button
            type="button"
            key={answer.label}
            aria-label={`${answer.label}, for ${title}`}
            onClick={() => choose(answer)}
          >
            {answer.label}
          </button>
        ))}
        <a
          class="button quiet"
          aria-label={`${answers.length > 0 ? 'Something else' : 'Answer in the work'}, for ${title}`}
          href={hashOf({ view: 'work', key: work, ...(isField && { field }) })}
        >
          {answers.length > 0 ? 'Something else' : 'Answer in the work'}
        </a>
      </p>
    </li>
  );
}
