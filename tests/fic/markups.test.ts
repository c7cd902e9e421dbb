import { describe, expect, it } from 'vitest';
import { plainBody, read, STORY, story } from './support.js';

const PAIRS: [string, string][] = [
  ['Title', 'The Goat in the Belfry'],
  ['Fandom', 'Harbour Lights'],
  ['Characters', 'Tam, Orla'],
  ['Pairing', 'Tam/Orla'],
  ['Rating', 'PG-13'],
  ['Word Count', '2,340'],
  ['Summary', 'Somebody rings a bell. Somebody has to go and look.'],
];

const br = (lines: string[]) => lines.join('<br />\n');
const MARKUPS: Record<string, string> = {
  'plain lines': br(PAIRS.map(([a, b]) => `${a}: ${b}`)),
  'bold with the colon inside': br(PAIRS.map(([a, b]) => `<b>${a}:</b> ${b}`)),
  'bold with the colon outside': br(PAIRS.map(([a, b]) => `<b>${a}</b>: ${b}`)),
  'strong and a no-break space': br(PAIRS.map(([a, b]) => `<strong>${a}:</strong>&nbsp;${b}`)),
  underlined: br(PAIRS.map(([a, b]) => `<u>${a}</u>: ${b}`)),
  'italics over the whole header': `<i>${br(PAIRS.map(([a, b]) => `${a}: ${b}`))}</i>`,
  'bold labels without any separator': br(PAIRS.map(([a, b]) => `<b>${a}</b> ${b}`)),
  'a space before the colon': br(PAIRS.map(([a, b]) => `${a} : ${b}`)),
  'spaced dashes': br(PAIRS.map(([a, b]) => `${a} - ${b}`)),
  'em dashes': br(PAIRS.map(([a, b]) => `${a} — ${b}`)),
  tildes: br(PAIRS.map(([a, b]) => `${a} ~ ${b}`)),
  bars: br(PAIRS.map(([a, b]) => `${a} | ${b}`)),
  'double colons': br(PAIRS.map(([a, b]) => `${a} :: ${b}`)),
  'bullets before the labels': br(PAIRS.map(([a, b]) => `★ ${a}: ${b}`)),
  'all capitals': br(PAIRS.map(([a, b]) => `${a.toUpperCase()}: ${b}`)),
  paragraphs: PAIRS.map(([a, b]) => `<p>${a}: ${b}</p>`).join('\n'),
  'paragraphs of a word processor': PAIRS.map(
    ([a, b]) => `<p class="MsoNormal"><span style="font-family: Arial"><b>${a}:</b> ${b}</span></p>`,
  ).join(''),
  'a blank line between labels': PAIRS.map(([a, b]) => `<b>${a}:</b> ${b}`).join('<br /><br />'),
  'value on the next line': PAIRS.map(([a, b]) => `<b>${a}:</b><br />${b}`).join('<br /><br />'),
  'label and value in divs, with colons': PAIRS.map(([a, b]) => `<div><div>${a}:</div><div>${b}</div></div>`).join(''),
  'label and value in divs, without': PAIRS.map(
    ([a, b]) => `<div><div style="float:left">${a}</div><div>${b}</div></div>`,
  ).join(''),
  'label and value in paragraphs': PAIRS.map(([a, b]) => `<p><b>${a}</b></p><p>${b}</p>`).join(''),
  'centred, in coloured fonts': `<center><font size="2">${br(PAIRS.map(([a, b]) => `<font color="teal"><b>${a}:</b></font> ${b}`))}</font></center>`,
  'labels cut up by fonts': br(
    PAIRS.map(
      ([a, b]) => `<b><font color="red">${a.slice(0, 1)}</font><font color="blue">${a.slice(1)}</font></b>: ${b}`,
    ),
  ),
  'a table': `<table>${PAIRS.map(([a, b]) => `<tr><td><b>${a}</b></td><td>${b}</td></tr>`).join('')}</table>`,
  'a table of four columns': `<table>${[0, 2, 4].map((at) => `<tr>${[at, at + 1].map((i) => `<td>${PAIRS[i]?.[0]}</td><td>${PAIRS[i]?.[1]}</td>`).join('')}</tr>`).join('')}<tr><td>${PAIRS[6]?.[0]}</td><td>${PAIRS[6]?.[1]}</td></tr></table>`,
  'a definition list': `<dl>${PAIRS.map(([a, b]) => `<dt>${a}</dt><dd>${b}</dd>`).join('')}</dl>`,
  'a list': `<ul>${PAIRS.map(([a, b]) => `<li>${a}: ${b}</li>`).join('')}</ul>`,
  'preformatted text': `<pre>${PAIRS.map(([a, b]) => `${a}:${' '.repeat(14 - a.length)}${b}`).join('\n')}</pre>`,
  'one line with bars': PAIRS.map(([a, b]) => `${a}: ${b}`).join(' | '),
  'one line with spaced slashes': PAIRS.map(([a, b]) => `${a}: ${b}`).join(' / '),
  'bold labels in one paragraph': PAIRS.map(([a, b]) => `<b>${a}:</b> ${b}`).join(' '),
  'a line and its fellow': br([
    'Title: The Goat in the Belfry | Fandom: Harbour Lights',
    'Characters: Tam, Orla | Pairing: Tam/Orla',
    'Rating: PG-13 | Word Count: 2,340',
    'Summary: Somebody rings a bell. Somebody has to go and look.',
  ]),
};

const PLACES: Record<string, (header: string) => string> = {
  'before the cut': (header) => `${header}<br /><br /><a name="cutid1"></a>${story}<a name="cutid1-end"></a>`,
  'inside the cut, above a divider': (header) =>
    `Here it is.<br /><br /><a name="cutid1"></a>${header}<hr />${story}<a name="cutid1-end"></a>`,
  'above a divider, no cut': (header) => `${header}<br /><br /><center>* * *</center>${story}`,
  'above a blank line, no cut': (header) => `${header}<br /><br />${story}`,
  'after the story': (header) => `${story}<br /><br /><hr />${header}`,
};

describe.each(Object.entries(MARKUPS))('a header in %s', (_, header) => {
  it.each(Object.entries(PLACES))('is read %s, and leaves the body', (_place, put) => {
    const fic = read(put(header), { subject: 'new fic!' });
    expect(fic.kind).toBe('fic');
    expect(fic.header).toEqual({
      title: 'The Goat in the Belfry',
      fandoms: ['Harbour Lights'],
      characters: ['Tam', 'Orla'],
      relationships: ['Tam/Orla'],
      rating: 'PG-13',
      wordCount: 2340,
      summary: 'Somebody rings a bell. Somebody has to go and look.',
    });
    const body = plainBody(fic);
    expect(body.replace(/^Here it is\. ?/, '')).toBe(STORY.join(' '));
    expect(fic.wordCount).toBeGreaterThan(120);
  });
});

describe('a line of words that a label could have', () => {
  const header = br(PAIRS.slice(0, 4).map(([a, b]) => `${a}: ${b}`));
  it.each(['Another warning', 'The Challenge', 'A note', 'Author', 'p/ Orla went out', 'Notes/Lanterns'])(
    'stays where it begins the story: %s',
    (line) =>
      expect(plainBody(read(`${header}<br /><br />${line}<br /><br />${story}`))).toBe([line, ...STORY].join(' ')),
  );
  it('stays where it is of unknown words and has signs for a value', () =>
    expect(plainBody(read(`${header}<br />A0 Title: |<br /><br />${story}`))).toBe(
      ['A0 Title: |', ...STORY].join(' '),
    ));
  it('stays where half of it is the story’s', () =>
    expect(plainBody(read(`${header}<br /><br />${story}<br /><br />And so to bed. | Notes: thank you all!`))).toBe(
      [...STORY, 'And so to bed. | Notes: thank you all!'].join(' '),
    ));
  it('goes where it is the last of the labels, and has no value', () =>
    expect(plainBody(read(`${header}<br />Warnings:<br /><br /><hr />${story}`))).toBe(STORY.join(' ')));
});
