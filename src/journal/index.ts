export { type CalendarPage, readCalendar } from './calendar.js';
export { entryLinks, storyLink, textLink } from './links.js';
export { type Answer, readPage } from './read.js';
export { type Address, type Place, Sites } from './sites.js';
