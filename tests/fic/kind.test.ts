import { describe, expect, it } from 'vitest';
import { plainBody, read, STORY, story } from './support.js';

const br = (...lines: string[]) => lines.join('<br />');

describe('what is a story', () => {
  it('one labelled line and a story after it', () => {
    const fic = read(`Rating: G<br /><br />${story}`, { subject: 'Rope' });
    expect(fic).toMatchObject({ kind: 'fic', header: { title: 'Rope', rating: 'G' } });
    expect(plainBody(fic)).toBe(STORY.join(' '));
  });
  it('a story without header, by its subject or a prefixed tag', () => {
    expect(read(story, { subject: 'Fic: Rope' }).evidence.kind).toMatchObject({ from: 'subject' });
    expect(read(story, { tags: ['fandom: harbour lights'] })).toMatchObject({
      kind: 'fic',
      evidence: { kind: { from: 'tag' } },
    });
  });
  it('somebody with a pen name in a community', () => {
    expect(
      read(`${br('Title: Rope', 'Author: The Bellringer', 'Rating: G')}<br /><br />${story}`, {
        poster: 'somebody_else',
      }).kind,
    ).toBe('fic');
  });
  it('a story called like a list', () => {
    expect(
      read(`${br('Title: Rules of the Belfry', 'Rating: G')}<br /><br />${story}`, { subject: 'Rules of the Belfry' })
        .kind,
    ).toBe('fic');
  });
  it('what a moderator posts for somebody who has no account', () => {
    const header = br('Title: Rope', 'Author: bellringer', 'Rating: G', 'Pairing: Tam/Orla');
    const posted = { poster: 'the_mod', journal: 'belfry_tales', subject: 'Rope by bellringer (G, Tam/Orla)' };
    expect(read(`${header}<br /><br />${story}`, posted)).toMatchObject({
      kind: 'fic',
      header: { authors: ['bellringer'] },
    });
  });
  it.each(['Rules of Engagement (G, Tam/Orla)', 'Rules and Guidelines for Ringing Bells'])(
    'a story called like a notice: %s',
    (subject) => {
      const title = /^[^(]+/.exec(subject)?.[0].trim();
      for (const own of [`Title: ${title}`, ...(subject.includes(' and ') ? [] : ['Pairing: Tam/Orla'])])
        expect(read(`${br(own, 'Rating: G')}<br /><br />${story}`, { subject }).kind, own).toBe('fic');
    },
  );
  it('a header with a link to the story', () => {
    const fic = read(
      `${br('Title: Rope', 'Rating: G', 'Pairing: Tam/Orla')}<br /><br />( <a href="http://elsewhere.example/1">Rope</a> )`,
      { subject: 'Fic: Rope' },
    );
    expect(fic.kind).toBe('fic');
  });
});

describe('what is none', () => {
  it.each<[string, string, Parameters<typeof read>[1]]>([
    ...['Community guidelines, please read', 'Before you post', 'Fic of the month', '[ADMIN] Posting rules'].map(
      (subject): [string, string, Parameters<typeof read>[1]] => [
        `${subject}, with an example`,
        `${story}<br /><br />${br('Title: Rope', 'Author: bellringer', 'Pairing: Tam/Orla', 'Rating: G')}<br /><br />${story}`,
        { subject },
      ],
    ),
    ['a form to fill in', br('Copy this:', 'Title:', 'Rating:', 'Summary: (optional)'), { subject: 'Header' }],
    ['a guide to tags', br('rating: pg-13', 'genre: casefile', 'pairing: tam/orla'), { subject: 'How we tag' }],
    [
      'a recommendation, by its label',
      br('Title: Rope', 'Author: bellringer', 'Rating: G', 'Why this must be read: The goat.'),
      { subject: 'Rope by bellringer' },
    ],
    [
      'a recommendation, by its tag',
      br('Title: Rope', 'Author: bellringer', 'Rating: G', '<br />I loved the goat. Go and read it.'),
      { tags: ['reccer: orla'] },
    ],
    [
      'a recommendation, by its subject',
      br(
        'Title: Rope',
        'Rating: G',
        'Link: <a href="http://x.example">here</a>',
        '<br />I loved the goat. Go and read it.',
      ),
      { subject: 'Rope, by bellringer (PG)' },
    ],
    [
      'a recommendation, by its link',
      br(
        'Title: Rope',
        'Author: bellringer',
        'Link: <a href="http://x.example">here</a>',
        '<br />I loved the goat. Read it.',
      ),
      { subject: 'Harbour Lights: Rope' },
    ],
    [
      'an announcement of what is not written',
      br('Title: Rope', 'Rating: G', '<br />I shall begin to post this in June, when there is a goat in it.'),
      { subject: 'Upcoming: Rope' },
    ],
    [
      'icons',
      br('Fandoms: Bones [8], House [6]', 'Rating: all safe', '<br />Take what you like, and tell me which.'),
      { subject: 'icons: 14 x goats' },
    ],
    ['a podfic', br('Title: Rope (podfic)', '<a href="http://x.example/1.mp3">mp3</a>'), { tags: ['podfic'] }],
    [
      'a masterlist',
      '<ol><li><a href="/1.html">Part 1</a></li><li><a href="/2.html">Part 2</a></li></ol>',
      { subject: 'Rope: master post', tags: ['fandom: harbour lights'] },
    ],
    [
      'a list of headers',
      [1, 2, 3, 4]
        .map((n) => br(`<b>Title:</b> Rope ${n}`, '<b>Rating:</b> G', '<b>Summary:</b> Goats.'))
        .join('<br /><br />'),
      { subject: 'things I wrote' },
    ],
    ['a day', 'I made soup. There was a goat at the door, and I gave it some.', { subject: 'Tuesday' }],
    ['an announcement', br('Title: Rope', 'Fandom: Harbour Lights', 'Rating: G'), { subject: 'coming in spring' }],
    [
      'somebody’s complaint',
      `${br('Warning: this is long', 'Note: and boring')}<br /><br />${story}`,
      { subject: 'my week' },
    ],
    ['a story-sized text of which nothing says that it is one', story, { subject: 'Tuesday', tags: ['real life'] }],
  ])('%s', (_, html, facts) => {
    const fic = read(html, facts);
    expect(fic.kind).toBe('other');
    expect(fic.evidence.kind?.raw).toBeTruthy();
  });
  it('keeps its whole body', () => {
    expect(plainBody(read('Title:<br />Rating:', {}))).toBe('Title: Rating:');
  });
});

describe('what is no header', () => {
  const header = br('<b>Title:</b> Rope', '<b>Rating:</b> G');
  const letter = [
    'The first note was stuck to the bell.',
    'Note: if you finish the milk, you fetch the goat. - O.',
    'Title: An Ode to Milk. Author: me. Rating: five stars. Summary: no.',
    'Tam read it twice.',
    ...STORY,
  ];
  it.each([
    ['dressed labels', header],
    ['plain labels', br('Title: Rope', 'Rating: G')],
  ])('labels in the story, after %s', (_, top) => {
    const fic = read(`${top}<br /><br />${letter.join('<br /><br />')}`);
    expect(fic.header).toEqual({ title: 'Rope', rating: 'G' });
    expect(plainBody(fic)).toBe(letter.join(' '));
  });
  it('labels in the story, before a header at its end', () => {
    const fic = read(`${letter.join('<br /><br />')}<hr />${header}`);
    expect(fic.header).toEqual({ title: 'Rope', rating: 'G' });
    expect(plainBody(fic)).toBe(letter.join(' '));
  });
  it('speech that says "note", right under a plain header', () => {
    const lines = ['"Note: it is late," said Orla.', ...STORY];
    const fic = read(`Title: Rope<br />Rating: G<br /><br />${lines.join('<br /><br />')}`);
    expect(fic.header).toEqual({ title: 'Rope', rating: 'G' });
    expect(plainBody(fic)).toBe(lines.join(' '));
  });
  it('a story that begins on the next line', () => {
    const fic = read(`Title: Rope<br />Rating: G<br />${STORY.join('<br />')}`);
    expect(fic.header).toEqual({ title: 'Rope', rating: 'G' });
    expect(plainBody(fic)).toBe(STORY.join(' '));
  });
  it('a story that begins on the next line, after a text and on single lines', () => {
    const lines = [...STORY, ...STORY, ...STORY];
    const fic = read(`Title: Rope<br />Summary: A goat.<br />${lines.join('<br />')}`);
    expect(fic.header).toEqual({ title: 'Rope', summary: 'A goat.' });
    expect(plainBody(fic)).toBe(lines.join(' '));
  });
  it('speech with a colon', () => {
    const lines = ['She wrote three words: bring the rope.', 'Orla: who is there?', 'Tam: nobody.', ...STORY];
    const fic = read(`${header}<br /><br />${lines.join('<br /><br />')}`);
    expect(plainBody(fic)).toBe(lines.join(' '));
  });
});

describe('around the header', () => {
  it('takes the repeated title and the dividers with it', () => {
    const fic = read(
      `<center><b>Rope</b></center><br /><b>Title:</b> Rope<br /><b>Rating:</b> G<br /><br /><center>~*~</center><br /><b>Rope</b><br /><hr />${story}`,
    );
    expect(plainBody(fic)).toBe(STORY.join(' '));
    expect(fic.html).not.toContain('<hr');
  });
  it('leaves a story that begins with the words of its title', () => {
    const fic = read(`Title: Dear Sir<br />Rating: G<br /><br />Dear Sir<br /><br />${story}`);
    expect(plainBody(fic)).toBe(`Dear Sir ${STORY.join(' ')}`);
  });
  it('leaves the dividers of the story', () => {
    const fic = read(`<b>Title:</b> Rope<br /><b>Rating:</b> G<hr />${story}<hr />More.`);
    expect(fic.html.match(/<hr/g)).toHaveLength(1);
  });
  it('leaves chatter that is no header', () => {
    const fic = read(
      `Sorry that this is late.<br /><br /><a name="cutid1"></a><b>Title:</b> Rope<br /><b>Rating:</b> G<br /><br />${story}`,
    );
    expect(plainBody(fic)).toBe(`Sorry that this is late. ${STORY.join(' ')}`);
  });
  it('makes end notes of a labelled note after the story', () => {
    const fic = read(
      `<b>Title:</b> Rope<br /><b>Rating:</b> G<br /><br />${story}<hr /><b>A/N:</b> The goat is real.<br /><br />Thank you for reading.`,
    );
    expect(fic.header.endNotes).toBe('The goat is real.\nThank you for reading.');
    expect(plainBody(fic)).toBe(STORY.join(' '));
  });
  it('but not of a letter’s last line', () => {
    const fic = read(`<b>Title:</b> Rope<br /><b>Rating:</b> G<br /><br />${story}<br /><br />Note: feed the goat.`);
    expect(fic.header.endNotes).toBeUndefined();
    expect(plainBody(fic)).toContain('Note: feed the goat.');
  });
});
