import { describe, expect, it } from 'vitest';
import { plainBody, read, STORY, story } from './support.js';

const header = 'Title: Rope<br />Rating: G<br />Pairing: Tam/Orla';
const link = (text: string) => `<a href="https://lamplighter.livejournal.com/1201.html">${text}</a>`;
const page = (before: string, after: string) =>
  `${header}<br /><br /><a name="cutid1"></a>${before}${story}${after}<a name="cutid1-end"></a>`;

describe('lines that lead to other parts', () => {
  it.each([
    `${link('Part One')} | ${link('Part Two')} | Part Three`,
    link('Back to Part 1'),
    link('Masterlist'),
    link('Next'),
    `&lt;&lt; ${link('Previous')} | ${link('Index')} | ${link('Next')} &gt;&gt;`,
    link('On to the second part!'),
    'Back to Part 1',
    'Part One | Part Two | Part Three',
    `${link('1')} / ${link('2')} / 3`,
    link('Далее'),
    `${link('Capitolo precedente')} - ${link('Capitolo successivo')}`,
  ])('%s leaves the start and the end of the story', (line) => {
    expect(plainBody(read(page(`${line}<br /><br />`, '')))).toBe(STORY.join(' '));
    expect(plainBody(read(page('', `<br /><br />${line}`)))).toBe(STORY.join(' '));
    expect(plainBody(read(page('', `<br /><br /><hr />${line}`)))).toBe(STORY.join(' '));
  });
  it.each([
    'The End',
    'To be continued...',
    'TBC',
    'Part One',
    '"Next," said Orla.',
    'They went back to the boat',
    'Back again.',
    'on and on',
    'Back to the beginning',
    link('A song to go with it'),
  ])('%s stays', (line) => {
    const words = line.replace(/<[^>]+>/g, '');
    expect(plainBody(read(page('', `<br /><br />${line}`)))).toBe(`${STORY.join(' ')} ${words}`);
  });
  it('stays within the story', () => {
    const html = page('', `<br /><br />${link('Next')}<br /><br />${story}`);
    expect(plainBody(read(html))).toBe(`${STORY.join(' ')} Next ${STORY.join(' ')}`);
  });
  it('stays where there is nothing else', () => {
    const fic = read(`${header}<br /><br />${link('Part One')} | ${link('Part Two')}`, { subject: 'Fic: Rope' });
    expect(fic.kind).toBe('fic');
    expect(plainBody(fic)).toContain('Part One | Part Two');
  });
  it('does not keep a note after the story from being one', () => {
    const fic = read(
      page('', `<br /><br />The End<br /><br />A/N: Thank you for reading!<br /><br />${link('Next part')}`),
    );
    expect(fic.header.endNotes).toBe('Thank you for reading!');
    expect(plainBody(fic)).toBe(`${STORY.join(' ')} The End`);
  });
});
