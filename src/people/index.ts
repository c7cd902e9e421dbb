/** Who wrote the works, who may be asked, and who said what. Pure. */
export { People, type Person, personKey, withheld, withheldText } from './person.js';
export { peopleCsv, readPeople } from './sheet.js';
export { type JournalOf, peopleIn, withFilledIn } from './tally.js';
