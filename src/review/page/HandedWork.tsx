/** A work of the bundle: its tick, and every field and chapter ready to copy. */
import { useState } from 'preact/hooks';
import type { Copied, HandOver } from '../model.js';
import { Copy } from './Copy.js';
import { useClient } from './context.js';
import { Tick } from './Tick.js';
import { named } from './words.js';

interface Props {
  work: HandOver['works'][number];
  onTick: (done: boolean) => Promise<boolean>;
}

export function HandedWork({ work, onTick }: Props) {
  const { api } = useClient();
  const [isOpen, setOpen] = useState(false);
  const title = named(work.title);
  const packet = async (chapter?: number) =>
    (await api.get<Copied>('packet', { key: work.key, ...(chapter !== undefined && { chapter: String(chapter) }) }))
      .packet;
  const textOf = async (chapter: number) => contentOf(await packet(work.chapters.length > 1 ? chapter : undefined));
  return (
    <li class={work.done ? 'handed-work done' : 'handed-work'}>
      <div class="handed-head">
        <Tick isDone={work.done} onTick={onTick}>
          <span class="unseen">Through: </span>
          {title}
        </Tick>
        <span class="actions">
          <Copy label={`Copy for the archive: ${title}`} text={() => packet()} look="plain">
            Copy for the archive
          </Copy>
          <button
            type="button"
            class="quiet"
            aria-expanded={isOpen}
            aria-label={`${isOpen ? 'Close' : 'Field by field'}: ${title}`}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? 'Close' : 'Field by field'}
          </button>
        </span>
      </div>
      {work.without && <p class="doubt">In no import by address: {work.without}</p>}
      {isOpen && (
        <div class="handed-body">
          <dl class="fields">
            {work.fields.map(({ label, text }) => (
              <div class="field" key={label}>
                <dt>{label}</dt>
                <dd class="value-line">
                  <span class="value clamp">{text}</span>
                  <Copy label={`Copy ${label} of ${title}`} text={() => text}>
                    Copy
                  </Copy>
                </dd>
              </div>
            ))}
          </dl>
          <ol class="chapters">
            {work.chapters.map((chapter, at) => {
              const name = named(chapter.title || `Chapter ${at + 1}`);
              return (
                <li key={at}>
                  <div class="chapter-head">
                    <span>{name}</span>
                    <span class="actions">
                      <Copy label={`Copy the text of ${name}, ${title}`} text={() => textOf(at + 1)}>
                        Copy the text
                      </Copy>
                      {chapter.hasForm && (
                        <Copy label={`Copy for the archive: ${name}, ${title}`} text={() => packet(at + 1)}>
                          Copy for the archive
                        </Copy>
                      )}
                    </span>
                  </div>
                </li>
              );
            })}
          </ol>
        </div>
      )}
    </li>
  );
}

/** A chapter's text within what the form filler reads. */
function contentOf(packet: string): string {
  const { fields } = JSON.parse(packet) as { fields?: { content?: unknown } };
  return typeof fields?.content === 'string' ? fields.content : '';
}
