/**
 * A community of 60 posts written for the tests: eight long stories split in all the ways fans split them, two or three of
 * them running at once, among one-shots and posts that are no story.
 */
import { readFic } from '../../src/fic/index.js';
import { Sites, storyLink } from '../../src/journal/index.js';
import type { Entry } from '../../src/model.js';
import { type FicRecord, recordOfEntry } from '../../src/works/index.js';
import { config } from './records.js';

const sites = new Sites(config);

export interface Post {
  /** Stands for the entry's number, which is `number * 256 + 17`. */
  number: number;
  /** `MM-DD` of 2009. */
  day: string;
  subject: string;
  poster: string;
  html: string;
  tags: string[];
}

export const keyOfPost = (number: number) => `livejournal/tide_tales/${number * 256 + 17}`;
export const urlOf = (number: number) => `https://tide-tales.livejournal.com/${number * 256 + 17}.html`;

export function recordOf({ number, day, subject, poster, html, tags }: Post): FicRecord {
  const entry: Entry = {
    site: 'livejournal',
    journal: 'tide_tales',
    number: number * 256 + 17,
    url: urlOf(number),
    subject,
    poster,
    postedAt: `2009-${day}T21:05:00`,
    tags,
    security: 'public',
    layout: 'light',
    body: { form: 'rendered', html },
  };
  return recordOfEntry(
    entry,
    readFic(entry, config),
    { restricted: false },
    (href) => storyLink(sites, href, entry),
    config,
  );
}

const SENTENCES = [
  'The harbour had frozen in the night, and the boats stood about in it like spoons in a pudding.',
  'Ned counted the masts twice and came out with a different number each time.',
  'Nobody at the chandlery would say who had bought the last of the rope.',
  'Ada had a theory about the gulls, and she told it to anyone who stood still long enough.',
  'They walked as far as the breakwater, where the wind took the words out of their mouths.',
  'It was the sort of morning on which even the church clock ran late.',
  'Under the quay somebody was whistling the tune that the drowned piper used to play.',
  'The letter had been opened and glued shut again with flour and water.',
  'Tom said that he was not afraid of the dark, only of what the dark was paid to hide.',
  'She put the lantern on the wall and watched the moths argue over it.',
  'There were eleven barrels in the cellar, and ten of them held herrings.',
  'A dog barked on the far side of the marsh and was answered by a bell.',
  'He had sworn never to row for the customs men, and he kept it until a quarter past nine.',
  'The tide turned while they were still deciding which of them should apologise.',
  'Her aunt had knitted the map into a scarf, harbour bar and all.',
  'By the time the kettle boiled the whole street knew, and half of it disapproved.',
];

/** Some 230 words of story; another beginning for each number. */
export function story(number: number): string {
  const lines = SENTENCES.map((_, index) => SENTENCES[(index * 5 + number * 3) % SENTENCES.length] as string);
  return `<p>${lines.slice(0, 5).join(' ')}</p><p>${lines.slice(5, 11).join(' ')}</p><p>${lines.slice(11).join(' ')}</p>`;
}

export const a = (number: number, text: string) => `<a href="${urlOf(number)}">${text}</a>`;
const header = (fields: Record<string, string>) =>
  `${Object.entries(fields)
    .map(([label, value]) => `<b>${label}:</b> ${value}`)
    .join('<br />')}<br /><br />`;

const posts: Post[] = [];
function post(
  number: number,
  day: string,
  subject: string,
  html: string,
  poster = 'marrow_hill',
  tags: string[] = [],
): void {
  posts.push({ number, day, subject, poster, html, tags });
}

// 1. The Long Tide: five parts, the third posted late under an earlier date; one header, later parts have their subject alone.
const tide = { Title: 'The Long Tide', Author: 'marrow_hill', Fandom: 'Harbour Lights', Pairing: 'Ned/Tom' };
post(
  1,
  '01-05',
  'FIC: The Long Tide (1/5)',
  header({ ...tide, Rating: 'PG-13', Summary: 'The ice comes, and then the boats.' }) + story(1),
);
post(4, '01-12', 'FIC: The Long Tide (2/5)', header({ ...tide, Rating: 'PG-13' }) + story(4));
post(8, '01-02', 'FIC: The Long Tide (3/5)', header({ ...tide, Rating: 'R' }) + story(8));
post(9, '01-26', 'FIC: The Long Tide (4/5)', story(9));
post(13, '02-03', 'FIC: The Long Tide (5/5)', `${story(13)}<p>The End</p>`);

// 2. Saltmarsh Road runs at the same time; there never was a part 3.
const road = { Title: 'Saltmarsh Road', Fandom: 'Harbour Lights', Pairing: 'Ada/Wren', Rating: 'PG' };
post(2, '01-07', 'Saltmarsh Road 1/?', `${header(road) + story(2)}<p>${a(5, 'Next')}</p>`);
post(5, '01-14', 'Saltmarsh Road 2/?', `${header(road) + story(5)}<p>${a(2, 'Previous')} | ${a(10, 'Next')}</p>`);
post(10, '01-28', 'Saltmarsh Road 4/?', `${header(road) + story(10)}<p>${a(5, 'Previous')} | ${a(14, 'Next')}</p>`);
post(14, '02-05', 'Saltmarsh Road 5/5', `${header(road) + story(14)}<p>${a(10, 'Previous')}</p>`);

// 3. A Lantern for Ned lacks its third part, which is locked; the second links to it.
const lantern = {
  Title: 'A Lantern for Ned',
  Author: 'ninepins',
  Fandom: 'Harbour Lights',
  Characters: 'Ned Hale, Ada',
};
post(17, '02-20', 'A Lantern for Ned, Part One of Four', header({ ...lantern, Rating: 'PG' }) + story(17), 'ninepins');
post(
  19,
  '02-27',
  'A Lantern for Ned, Part Two of Four',
  `${header(lantern) + story(19)}<p>On to ${a(20, 'Part Three')}!</p>`,
  'ninepins',
);
post(23, '03-13', 'A Lantern for Ned, Part Four of Four', header(lantern) + story(23), 'ninepins');

// 4. The Weathercock: a master post with the header, and parts that never say the title.
post(
  25,
  '03-20',
  'The Weathercock: Master Post',
  header({
    Title: 'The Weathercock',
    Author: 'marrow_hill',
    Fandom: 'Harbour Lights',
    Pairing: 'Ned/Ada',
    Rating: 'NC-17',
    Warnings: 'character death',
    Summary: 'A brass cockerel knows more than it should.',
  }) +
    `${a(26, 'Prologue')}<br />${a(27, 'Part One')}<br />${a(28, 'Part Two')}<br />${a(29, 'Part Three')}<br />${a(30, 'Epilogue')}`,
);
post(26, '03-20', 'Prologue', `${story(26)}<p>${a(25, 'Master Post')} | ${a(27, 'Part One')}</p>`);
post(27, '03-20', 'Part One', `${story(27)}<p>${a(25, 'Master Post')} | ${a(28, 'Part Two')}</p>`);
post(28, '03-20', 'Part Two', `${story(28)}<p>${a(25, 'Master Post')} | ${a(29, 'Part Three')}</p>`);
post(29, '03-20', 'Part Three', `${story(29)}<p>${a(25, 'Master Post')} | ${a(30, 'Epilogue')}</p>`);
post(30, '03-21', 'Epilogue', `${story(30)}<p>${a(25, 'Master Post')}</p>`);

// 5. Nine Herrings: misspelt once, with an interlude that has no title.
const herrings = { Title: 'Nine Herrings', Fandom: 'Harbour Lights', Rating: 'G' };
post(31, '04-01', 'Nine Herrings (1/4)', header(herrings) + story(31));
post(
  33,
  '04-08',
  'Nine Herings (2/4)',
  `${header({ ...herrings, Title: 'Nine Herings' }) + story(33)}<p>${a(34, 'Interlude')}</p>`,
);
post(
  34,
  '04-10',
  'Interlude',
  `${header({ Rating: 'G', Fandom: 'Harbour Lights' }) + story(34)}<p>Back to ${a(33, 'part two')}</p>`,
);
post(36, '04-15', 'Nine Herrings (3/4)', header(herrings) + story(36));
post(38, '04-22', 'Nine Herrings (4/4)', header(herrings) + story(38));

// 6. Candle Hours: nobody knew that there would be more when the first was posted.
post(
  40,
  '05-01',
  'Candle Hours',
  header({ Title: 'Candle Hours', Fandom: 'Grey Abbey', Rating: 'PG', Pairing: 'Wulf/Edith' }) +
    story(40) +
    `<p>${a(42, 'Next')}</p>`,
  'ninepins',
);
post(
  42,
  '05-09',
  'Chapter 2',
  `${header({ Fandom: 'Grey Abbey', Rating: 'PG' }) + story(42)}<p>${a(40, 'Previous')} | ${a(44, 'Next')}</p>`,
  'ninepins',
);
post(
  44,
  '05-17',
  'Chapter 3',
  `${header({ Fandom: 'Grey Abbey', Rating: 'PG', Notes: 'The last one.' }) + story(44)}<p>${a(42, 'Previous')}</p>`,
  'ninepins',
);

// 7. Bread and Bells: the moderator posted some of it for its author; its interlude has a title of its own.
const bread = { Title: 'Bread and Bells', Author: 'ninepins', Fandom: 'Grey Abbey', Rating: 'PG' };
post(46, '06-01', 'Bread and Bells 1/3', header(bread) + story(46), 'tide_mod');
post(
  47,
  '06-08',
  'Bread and Bells 2/3',
  header({ Title: 'Bread and Bells', Fandom: 'Grey Abbey', Rating: 'PG' }) +
    story(47) +
    `<p>${a(48, 'Interlude: Low Water')} | ${a(50, 'Part 3')}</p>`,
  'ninepins',
);
post(
  48,
  '06-11',
  'Low Water',
  header({ Title: 'Low Water', Author: 'ninepins', Fandom: 'Grey Abbey', Rating: 'PG' }) +
    story(48) +
    `<p>${a(47, 'Back')}</p>`,
  'tide_mod',
);
post(50, '06-15', 'Bread and Bells 3/3', header(bread) + story(50), 'tide_mod');

// 8. The Glass Mill: the epilogue has neither title nor link, only its day.
const mill = { Title: 'The Glass Mill', Fandom: 'Harbour Lights', Rating: 'R', Pairing: 'Ned/Tom' };
post(55, '10-01', 'The Glass Mill I/III', header({ ...mill, Part: '1/3' }) + story(55));
post(56, '10-08', 'The Glass Mill', header({ ...mill, Part: '2/3' }) + story(56));
post(57, '10-15', 'The Glass Mill', header({ ...mill, Part: '3 of 3' }) + story(57));
post(58, '10-20', 'Epilogue', header({ Fandom: 'Harbour Lights', Rating: 'R' }) + story(58));

// One-shots, some of which look as if they belonged together.
const shot = (title: string, more: Record<string, string> = {}) =>
  header({ Title: title, Fandom: 'Harbour Lights', Rating: 'PG', ...more });
post(3, '01-09', 'FIC: Kettle Weather', shot('Kettle Weather', { Characters: 'Ada Thorne' }) + story(3));
post(6, '01-17', 'Salt', shot('Salt') + story(6));
post(7, '01-19', 'Salt', shot('Salt', { Author: 'ninepins' }) + story(7), 'ninepins');
post(12, '02-01', 'Room 12', shot('Room 12') + story(12));
post(16, '02-15', 'Room 13', shot('Room 13') + story(16));
post(
  18,
  '02-22',
  'The Short Tide',
  `${shot('The Short Tide')}Sequel to The Long Tide: ${a(1, 'Part One')} | ${a(4, 'Part Two')}<br /><br />${story(18)}`,
);
post(
  22,
  '03-06',
  'Ebb',
  `${shot('Ebb', { Series: 'Harbour verse, #1' }) + story(22)}<p>${a(24, 'Part Two: Flow')}</p>`,
);
post(
  24,
  '03-15',
  'Flow',
  `${shot('Flow', { Series: 'Harbour verse, #2' }) + story(24)}<p>${a(22, 'Part One: Ebb')}</p>`,
);
post(35, '04-12', 'The Coda', shot('The Coda Man') + story(35));
post(41, '05-05', 'Eel Pie', `${shot('Eel Pie', { Pairing: 'Ned/Ada' }) + story(41)}<p>Continued in the comments!</p>`);
post(
  45,
  '05-25',
  'Storm Glass',
  shot('Storm Glass', { 'Word count': '6,200' }) +
    '<p>( <a href="https://archive.example.org/works/881">Read it here</a> )</p>',
);
post(52, '07-04', 'Fourteen Knots', shot('Fourteen Knots') + story(52));

// No stories.
post(11, '01-30', 'Icons: 24 x winter', '<p>Take what you like, credit is love.</p>');
post(
  15,
  '02-08',
  'Recs for a rainy week',
  `<p>You should all read ${a(1, 'The Long Tide')} and ${a(2, 'Saltmarsh Road')}.</p>`,
  'ninepins',
  ['recs'],
);
post(21, '03-01', 'Mod post: rules', '<p>Be kind. Use the header. No spoilers in subjects.</p>', 'tide_mod', [
  'mod post',
]);
post(
  32,
  '04-05',
  'Sign-ups for the spring exchange',
  '<p>Comment here with what you would like to write.</p>',
  'tide_mod',
);
post(
  37,
  '04-18',
  'marrow_hill’s masterlist',
  `<p>${a(1, 'The Long Tide')}<br />${a(2, 'Saltmarsh Road')}<br />${a(25, 'The Weathercock')}<br />${a(31, 'Nine Herrings')}<br />${a(52, 'Fourteen Knots')}</p>`,
  'marrow_hill',
  ['masterlist'],
);
post(39, '04-25', 'Poll: which harbour?', '<p>Vote below.</p>', 'tide_mod');
post(
  43,
  '05-12',
  'Away until Friday',
  '<p>My sister is getting married and there will be no internet. Next chapter when I am back!</p>',
  'ninepins',
);
post(49, '06-13', 'Fanart: Ned on the breakwater', '<p>Ink and tea, and a little salt.</p>', 'ninepins', ['fanart']);
post(
  51,
  '06-20',
  'Looking for a story',
  '<p>It had a lighthouse in it, and somebody was a goose. Does anyone know it?</p>',
  'ninepins',
);
post(53, '07-20', 'Episode reaction: 3x04', '<p>Well. That was a lot of fog. I liked the bit with the rope.</p>');
post(54, '09-01', 'Welcome back', '<p>The community is awake again. Introduce yourself!</p>', 'tide_mod');
post(59, '11-02', 'Fanmix: songs for the marsh', '<p>Nine songs and a map.</p>', 'ninepins', ['fanmix']);
post(60, '12-24', 'Happy holidays', '<p>Thank you for a lovely year, all of you.</p>', 'tide_mod');
post(61, '12-30', 'Year in review', `<p>Words written: many. Favourite: ${a(50, 'Bread and Bells')}.</p>`, 'ninepins');

export const tideTales: readonly Post[] = posts;
