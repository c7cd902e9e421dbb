/** The form filler: the text that a sheet copies for one of the archive's forms, and the bookmark that fills the form with it. */
export { bookmarklet } from './bookmarklet.js';
export { chapterPacket, type FieldValue, type FormKind, type Packet, packet, workPacket } from './packet.js';
