/**
 * The small journal of the demo and the tests: what one author might have posted between 2006 and 2012.
 * All of it was written for ficferry. The order of the list is the journal's order, which is the order of its own dates.
 */
import type { PageStyle } from './pages.js';

export interface Post {
  /** Running number; the address is itemid × 256 + anum. */
  itemid: number;
  anum: number;
  style: PageStyle;
  subject?: string;
  /** The journal's local time, `YYYY-MM-DDTHH:MM`. */
  at: string;
  tags?: string[];
  mood?: string;
  music?: string;
  /** In a community, the account that posted it; `null` where that is purged and the page names nobody. Absent in a journal of one's own. */
  poster?: string | null;
  /** The account was deleted: its name is struck through. */
  deleted?: boolean;
  /** Absent is public. `gate` is public behind an adult notice. */
  security?: 'friends' | 'gate';
  body: string;
  /** What a person who reads the post would call it. */
  is: 'fic' | 'other';
}

export function numberOf(post: Post): number {
  return post.itemid * 256 + post.anum;
}

const p = (...paragraphs: string[]): string => paragraphs.join('<br /><br />');

const SALT_HEADER = (part: number): string =>
  `<b>Title:</b> The Salt Road (${part}/3)<br /><b>Author:</b> <lj user="tarn_wick"><br /><b>Fandom:</b> The Glasshouse Line<br />` +
  `<b>Pairing:</b> Odile/Bram<br /><b>Rating:</b> PG-13<br /><b>Summary:</b> Three days on foot with a lantern that will not stay lit.<br /><br />`;

export const POSTS: Post[] = [
  {
    itemid: 21,
    anum: 17,
    style: 'modern',
    subject: 'Fic: First Frost (backdated from my old site)',
    at: '2005-11-02T08:00',
    tags: ['fic', 'fandom: the glasshouse line'],
    is: 'fic',
    body: p(
      'Title: First Frost<br />Fandom: The Glasshouse Line<br />Rating: G<br />Word count: 60',
      'The panes went white from the bottom upward, and Odile went along the row with a cloth and her breath.',
      '“Leave it,” said Bram. “It melts by nine.”',
      'She did not leave it. By nine there was one clear pane the size of a hand, and through it, very small, the first train.',
    ),
  },
  {
    itemid: 1,
    anum: 14,
    style: 'singlepost',
    subject: 'Hello, and how this works',
    at: '2006-02-11T19:40',
    tags: ['!admin'],
    mood: 'hopeful',
    is: 'other',
    body: p(
      'I am moving my stories here one at a time, mostly <i>The Glasshouse Line</i>, some Atlantis.',
      'Everything is tagged. Comments are lovely; so is quiet.',
    ),
  },
  {
    itemid: 2,
    anum: 201,
    style: 'singlepost',
    subject: 'FIC: Weather Station (SGA, McKay/Sheppard, R)',
    at: '2006-03-05T22:15',
    tags: ['fic', 'fandom: stargate atlantis', 'character: rodney mckay', 'character: john sheppard'],
    music: 'wind in a drainpipe',
    is: 'fic',
    body: p(
      'Title: Weather Station<br />Author: tarn_wick<br />Fandom: Stargate Atlantis<br />Pairing: Rodney/John<br />Rating: R<br />Word Count: ~110<br />Status: Complete<br />Warnings: none<br />Summary: Two men, one generator, and a barometer with opinions.',
      '<a name="cutid1"></a>The barometer said <i>stormy</i> the way other people say <i>I told you so</i>.',
      '“It is a piece of brass,” Rodney said. “It has no tone.”',
      '“It’s got a tone,” said John, from under the generator, holding out a hand for the spanner that Rodney had been using as a paperweight since breakfast.',
      '* * *',
      'The storm came at four. They watched it from the one window that did not leak, shoulder to shoulder, because it was the one window.',
      '“All right,” said Rodney at last. “A slight tone.”',
    ),
  },
  {
    itemid: 3,
    anum: 88,
    style: 'modern',
    subject: 'Ledger of Small Debts',
    at: '2006-04-17T21:05',
    tags: ['fic', 'fandom: the glasshouse line', 'pairing: odile/bram'],
    is: 'fic',
    body:
      '<table border="1" cellpadding="3"><tr><td><b>Title</b></td><td>Ledger of Small Debts</td></tr><tr><td><b>Rating</b></td><td>PG</td></tr>' +
      '<tr><td><b>Pairing</b></td><td>Odile/Bram</td></tr><tr><td><b>Words</b></td><td>1,204</td></tr>' +
      '<tr><td><b>Summary</b></td><td>She writes down everything. He pays in pears.</td></tr></table><br />' +
      p(
        'In the back of the seed book, after <u>Tomatoes, Late</u>, Odile kept the other accounts.',
        '<i>B. — one ladder, borrowed. B. — one afternoon. B. — the truth about the stove.</i>',
        'On the last day of October there were eleven pears on the step, and a note that said only: <small>on account</small>.',
      ),
  },
  {
    itemid: 4,
    anum: 33,
    style: 'singlepost',
    subject: 'Fic: The Salt Road, part 1/3',
    at: '2006-06-01T20:00',
    tags: ['fic', 'wip', 'fandom: the glasshouse line', 'pairing: odile/bram'],
    is: 'fic',
    body:
      SALT_HEADER(1) +
      p(
        '<a name="cutid1"></a>They left before the bakery lit its ovens, which Bram said was the only hour a road is honest.',
        'The lantern went out at the first milestone. Odile lit it. It went out at the second.',
        '<i>To be continued.</i>',
      ),
  },
  {
    itemid: 5,
    anum: 250,
    style: 'singlepost',
    subject: 'Recs: four things that are not mine',
    at: '2006-06-03T12:30',
    tags: ['recs'],
    is: 'other',
    body: p(
      'Four stories I read on the train:',
      '1. <a href="http://example.org/one">The one with the ferry</a> — go in knowing nothing.<br />2. <a href="http://example.org/two">The one with the letters</a><br />3. <a href="http://example.org/three">The long one</a><br />4. <a href="http://example.org/four">The other long one</a>',
    ),
  },
  {
    itemid: 6,
    anum: 12,
    style: 'modern',
    subject: 'Fic: The Salt Road, part 2/3',
    at: '2006-06-09T20:10',
    tags: ['fic', 'wip', 'fandom: the glasshouse line', 'pairing: odile/bram'],
    is: 'fic',
    body:
      SALT_HEADER(2) +
      p(
        '<a name="cutid1"></a>On the second day it rained upward, or so it seemed from inside a coat.',
        '“We could go back,” said Bram, in the voice of a man reading a sign aloud.',
        '“We could,” said Odile, and lit the lantern.',
      ),
  },
  {
    itemid: 7,
    anum: 140,
    style: 'modern',
    subject: 'Fic: The Salt Road, part 3/3 (complete!)',
    at: '2006-06-20T23:55',
    tags: ['fic', 'fandom: the glasshouse line', 'pairing: odile/bram'],
    is: 'fic',
    body:
      SALT_HEADER(3) +
      p(
        '<a name="cutid1"></a>The sea was not where the map had left it.',
        'They sat down on the last milestone, and there the lantern burned for an hour without being asked, <i>steady as a stair.<br /><br />Nobody remarked on it.</i>',
        '<b>The End</b>',
      ),
  },
  {
    itemid: 8,
    anum: 5,
    style: 'modern',
    subject: 'Masterlist',
    at: '2006-07-01T10:00',
    tags: ['!masterlist'],
    is: 'other',
    body:
      '<b>The Glasshouse Line</b><ul><li><a href="{entry:21}">First Frost</a></li><li><a href="{entry:3}">Ledger of Small Debts</a></li>' +
      '<li>The Salt Road: <a href="{entry:4}">one</a>, <a href="{entry:6}">two</a>, <a href="{entry:7}">three</a></li></ul><b>Atlantis</b><ul><li><a href="{entry:2}">Weather Station</a></li></ul>',
  },
  {
    itemid: 9,
    anum: 77,
    style: 'modern',
    subject: 'Fic: What the Night Shift Keeps',
    at: '2006-09-09T01:20',
    tags: ['fic', 'fandom: the glasshouse line'],
    security: 'friends',
    is: 'fic',
    body: p(
      '<b>Title:</b> What the Night Shift Keeps<br /><b>Rating:</b> PG-13<br /><b>Fandom:</b> The Glasshouse Line<br /><b>Summary:</b> For friends only, for now.',
      'This paragraph is locked, and must never leave the journal unless its author says so: heliotrope-under-lock.',
      'Odile turned the lamps down one by one and counted them as she went.',
    ),
  },
  {
    itemid: 10,
    anum: 190,
    style: 'modern',
    subject: 'Fic: Warm Front (NC-17)',
    at: '2006-10-30T23:30',
    tags: ['fic', 'fandom: stargate atlantis', 'pairing: mckay/sheppard'],
    security: 'gate',
    is: 'fic',
    body: p(
      '<strong>Title</strong>: Warm Front<br /><strong>Fandom</strong>: Stargate Atlantis<br /><strong>Pairing</strong>: McKay/Sheppard<br /><strong>Rating</strong>: NC-17<br /><strong>Notes</strong>: Sequel to Weather Station. The rating is for one word and a thermostat.',
      'The generator held. So, for once, did the silence.',
      '“Say it,” said John.',
      'Rodney said it. It was not, in the end, about the barometer.',
    ),
  },
  {
    itemid: 11,
    anum: 61,
    style: 'modern',
    subject: 'Фанфик: «Тихий час»',
    at: '2007-01-14T18:45',
    tags: ['фанфик', 'язык: русский', 'fandom: the glasshouse line'],
    is: 'fic',
    body: p(
      '<b>Название:</b> Тихий час<br /><b>Автор:</b> tarn_wick<br /><b>Фандом:</b> The Glasshouse Line<br /><b>Пейринг:</b> Одиль/Брам<br /><b>Рейтинг:</b> PG-13<br /><b>Предупреждения:</b> нет<br /><b>Саммари:</b> В оранжерее после полудня нельзя говорить вслух.',
      'После полудня в оранжерее не говорили. Стекло держало тепло, тепло держало тишину, и Одиль ходила вдоль рядов в одних чулках.',
      'Брам поставил лейку на край стола так осторожно, словно это была чужая чашка.',
      '— Ты слышишь? — спросила она одними губами.',
      'Он слышал.',
    ),
  },
  {
    itemid: 12,
    anum: 99,
    style: 'singlepost',
    subject: '18 icons',
    at: '2007-02-20T17:00',
    tags: ['icons', 'graphics'],
    is: 'other',
    body: '<img src="http://example.org/teaser.png" alt="teaser" /> Eighteen, all lamps. Take what you like and credit.',
  },
  {
    itemid: 13,
    anum: 3,
    style: 'core2',
    subject: 'Ficlet: Noon, A',
    at: '2007-05-05T12:00',
    tags: ['drabble', 'fandom: the glasshouse line'],
    is: 'fic',
    body: p(
      '<i>Title: Noon, A | Rating: G | 40 words</i>',
      'At noon the glass had no colour at all. Bram held up a pear to it, and the pear, being asked, was green, and a little gold, and then lunch.',
    ),
  },
  {
    itemid: 14,
    anum: 221,
    style: 'core2',
    subject: 'Ficlet: Noon, B',
    at: '2007-05-05T12:00',
    tags: ['drabble', 'fandom: the glasshouse line'],
    is: 'fic',
    body: p(
      '<i>Title: Noon, B | Rating: G | 40 words</i>',
      'At noon the road had no shadow at all. Odile stood on one leg to make sure of it, and a boy with a cart, being asked, said yes, he did that too.',
    ),
  },
  {
    itemid: 15,
    anum: 45,
    style: 'core2',
    subject: 'Fic: Instructions for the Stove',
    at: '2008-11-23T20:30',
    tags: ['fic', 'fandom: the glasshouse line', 'character: odile', 'character: bram', 'gen', 'humor'],
    mood: 'warm',
    is: 'fic',
    body: p(
      '<strong>Title</strong>: Instructions for the Stove<br /><strong>Fandom</strong>: The Glasshouse Line<br /><strong>Characters</strong>: Odile, Bram<br /><strong>Genre</strong>: Humor<br /><strong>Rating</strong>: G<br /><strong>Summary</strong>: Pinned to the wall. Do not remove.',
      '<ol><li>Do not hurry it.</li><li>Do not tell it about the other stove.</li><li>If it sulks, <s>kick</s> sit with it.</li></ol>',
      'Below, in another hand: <i>it likes pears</i>.',
    ),
  },
  {
    itemid: 16,
    anum: 130,
    style: 'modern',
    subject: 'Poll: what next?',
    at: '2009-03-01T09:09',
    tags: ['meta'],
    is: 'other',
    body: "<div class='poll-container'><div class='poll-title'><b>Poll #7</b> <i>What next?</i></div><p>More trains?</p><p>More pears?</p></div>Vote, or don't!",
  },
  {
    itemid: 17,
    anum: 8,
    style: 'light',
    subject: 'Fic: Branch Line',
    at: '2009-08-08T16:20',
    tags: ['fic', 'fandom: the glasshouse line'],
    music: 'sleepers',
    is: 'fic',
    body: p(
      '<center><b>Branch Line</b></center>',
      '<u>Fandom</u>: The Glasshouse Line<br /><u>Pairing</u>: Odile/Bram, past Odile/Ines<br /><u>Rating</u>: PG-13<br /><u>Disclaimer</u>: Borrowed, dusted, returned.<br /><u>Summary</u>: The timetable says otherwise.',
      'There was a platform, and a bench, and nine years.',
      '<center>~</center>',
      '“You came by the slow one,” said Ines.',
      '“It was the one that stopped,” said Odile.',
    ),
  },
  {
    itemid: 18,
    anum: 174,
    style: 'modern',
    at: '2010-02-02T02:02',
    tags: ['real life'],
    is: 'other',
    body: 'Snow to the letterbox. I have made soup from everything.',
  },
  {
    itemid: 20,
    anum: 66,
    style: 'modern',
    subject: 'Moving on',
    at: '2012-01-20T13:21',
    tags: ['!admin'],
    is: 'other',
    body: 'I do not post here any more, but everything stays up for as long as the site does. Thank you for reading.',
  },
];
