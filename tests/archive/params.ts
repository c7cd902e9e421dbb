/** A form as it was sent, read the way Rails reads it: of one name said twice the last counts, `name[]` gathers. */

export class Params {
  constructor(readonly sent: URLSearchParams) {}

  has(name: string): boolean {
    return this.sent.has(name);
  }

  /** Blank where nothing was sent. Browsers send newlines as CR LF. */
  text(name: string): string {
    return (this.sent.getAll(name).at(-1) ?? '').replace(/\r\n?/g, '\n');
  }

  /** Without white space around it. */
  line(name: string): string {
    return this.text(name).trim();
  }

  /** Of `name[]`, without the blank that Rails hides in front. */
  list(name: string): string[] {
    return this.sent.getAll(name).filter((value) => value !== '');
  }

  ticked(name: string): boolean {
    return !['', '0', 'false'].includes(this.text(name));
  }

  /** Of three choices, as `YYYY-MM-DD`; `30 February` stays what it is, for others to refuse. Undefined where none was sent. */
  date(object: string): string | undefined {
    const [year, month, day] = [1, 2, 3].map((part) => this.line(`${object}[published_at(${part}i)]`));
    if (!year || !month || !day) return undefined;
    return `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  }
}
