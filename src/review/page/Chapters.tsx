/** The posts that a work is made of: their order, what does not belong, and what does. */
import { useRef, useState } from 'preact/hooks';
import type { Chapter } from '../../model.js';
import type { Edit, WorkDetail } from '../model.js';
import { go, useClient } from './context.js';
import { Counted, EditorForm } from './EditorForm.js';
import * as edits from './edits.js';
import { Join } from './Join.js';
import { amount, day, named } from './words.js';

interface Props {
  detail: WorkDetail;
  shown: string;
  onShow: (entry: string) => void;
}

export function Chapters({ detail, shown, onShow }: Props) {
  const client = useClient();
  const list = useRef<HTMLOListElement>(null);
  const { work, decided } = detail;
  const posts = edits.entriesOf(work);
  const title = named(work.title);
  const change = (what: string, changes: Edit[]) => client.decide(what, changes);

  const move = async (from: number, to: number) => {
    const moved = posts[from] ?? '';
    if (!(await change(`the order of the chapters of ${title}`, edits.moveChapter(work, decided, from, to)))) return;
    // The work goes by the name of its first post.
    if (from === 0 || to === 0) go({ view: 'work', key: posts.toSpliced(from, 1).toSpliced(to, 0, moved)[0] ?? moved });
    const up = to < from;
    const button = `[data-post="${CSS.escape(moved)}"] [data-move="${up ? 'up' : 'down'}"]`;
    window.setTimeout(() => list.current?.querySelector<HTMLElement>(button)?.focus(), 100);
  };
  // The rest goes by the name of its new first post, which names the work already.
  const off = (what: string, entry: string, changes: Edit[]) => {
    const [first, second] = posts;
    if (entry === first && second) go({ view: 'work', key: second });
    void change(what, changes);
  };

  return (
    <section aria-labelledby="chapters-title">
      <h2 id="chapters-title">Chapters</h2>
      {work.questions
        .filter(({ field }) => field === 'chapters')
        .map(({ text }) => (
          <p class="doubt" key={text}>
            {text}
          </p>
        ))}
      <ol class="chapters" ref={list}>
        {work.chapters.map((chapter) => {
          const at = posts.indexOf(chapter.entry);
          const name = nameOf(chapter);
          return (
            <li key={`${chapter.entry} ${chapter.piece?.number ?? ''}`} data-post={chapter.entry}>
              <ChapterHead
                chapter={chapter}
                isAlone={work.chapters.length === 1}
                isShown={shown === chapter.entry}
                onShow={onShow}
              />
              {posts.length > 1 && (chapter.piece?.number ?? 1) === 1 && (
                <p class="actions">
                  <button
                    type="button"
                    data-move="up"
                    aria-label={`Move ${name} up`}
                    aria-disabled={at === 0 ? 'true' : undefined}
                    onClick={() => at > 0 && move(at, at - 1)}
                  >
                    ↑
                  </button>
                  <button
                    type="button"
                    data-move="down"
                    aria-label={`Move ${name} down`}
                    aria-disabled={at === posts.length - 1 ? 'true' : undefined}
                    onClick={() => at < posts.length - 1 && move(at, at + 1)}
                  >
                    ↓
                  </button>
                  <button
                    type="button"
                    aria-label={`Make ${name} a work of its own`}
                    onClick={() =>
                      off(
                        `${name} of ${title} is a work of its own`,
                        chapter.entry,
                        edits.splitOff(work, decided, chapter.entry),
                      )
                    }
                  >
                    A work of its own
                  </button>
                  {at > 0 && at < posts.length - 1 && (
                    <button
                      type="button"
                      aria-label={`A new work from here, with ${name}`}
                      onClick={() =>
                        change(
                          `a new work begins with ${name} of ${title}`,
                          edits.splitFrom(work, decided, chapter.entry),
                        )
                      }
                    >
                      A new work from here
                    </button>
                  )}
                  <button
                    type="button"
                    aria-label={`Leave out ${name}`}
                    onClick={() =>
                      off(
                        `${name} of ${title} is left out`,
                        chapter.entry,
                        edits.leaveOutChapter(work, decided, chapter.entry),
                      )
                    }
                  >
                    Leave out
                  </button>
                </p>
              )}
            </li>
          );
        })}
      </ol>
      <Join detail={detail} />
    </section>
  );
}

function nameOf(chapter: Chapter): string {
  return `chapter ${chapter.position}${chapter.title ? `, ${chapter.title}` : ''}`;
}

interface HeadProps {
  chapter: Chapter;
  /** The only one, which needs no name of its own. */
  isAlone: boolean;
  isShown: boolean;
  onShow: (entry: string) => void;
}

/** Its title, to be changed in place, and its facts. */
function ChapterHead({ chapter, isAlone, isShown, onShow }: HeadProps) {
  const client = useClient();
  const [text, setText] = useState<string>();
  const name = chapter.title ?? `Chapter ${chapter.position}`;
  if (text !== undefined) {
    const save = async () => {
      if (await client.decide(`the title of chapter ${chapter.position}`, edits.chapterTitle(chapter.entry, text)))
        setText(undefined);
    };
    return (
      <EditorForm label={`Title of chapter ${chapter.position}`} onSave={save} onCancel={() => setText(undefined)}>
        <input
          type="text"
          aria-label={`Title of chapter ${chapter.position}`}
          aria-describedby="chapterTitle-count"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <Counted field="chapterTitle" text={text} limits={client.limits} />
      </EditorForm>
    );
  }
  return (
    <div class="chapter-head">
      <button type="button" class="link" aria-pressed={isShown} onClick={() => onShow(chapter.entry)}>
        {name}
      </button>
      <span class="facts">
        {[
          amount(chapter.wordCount, 'word'),
          chapter.postedAt && day(chapter.postedAt),
          chapter.piece && `piece ${chapter.piece.number} of ${chapter.piece.of}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {!isAlone && (
        <button
          type="button"
          class="quiet"
          aria-label={`Rename chapter ${chapter.position}`}
          onClick={() => setText(chapter.title ?? '')}
        >
          Rename
        </button>
      )}
    </div>
  );
}
