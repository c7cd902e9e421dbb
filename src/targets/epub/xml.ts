/** XML written down as it will stand, with everything put into it escaped. */
import { escapeXml } from '../../text/index.js';

/** A piece that is XML already. */
export class Xml {
  constructor(readonly text: string) {}
}

type Piece = string | number | Xml | undefined | readonly Piece[];

/** ``xml`<p>${text}</p>` ``: text is escaped, XML stands as it is, lists are run together, undefined is nothing. */
export function xml(strings: TemplateStringsArray, ...pieces: Piece[]): Xml {
  return new Xml(strings.map((string, at) => (at === 0 ? string : written(pieces[at - 1]) + string)).join(''));
}

function written(piece: Piece): string {
  if (piece === undefined) return '';
  if (piece instanceof Xml) return piece.text;
  return Array.isArray(piece) ? piece.map(written).join('') : escapeXml(String(piece));
}
