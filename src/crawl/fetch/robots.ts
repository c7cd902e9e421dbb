/** What a host's robots.txt says of an address: RFC 9309, and what the user may lift of it. */
import robotsParserModule from 'robots-parser';
import { FicferryError } from '../../errors.js';
import { ROBOT } from './identity.js';

/** The package's types speak of a `default` that its CommonJS module doesn't have. */
const robotsParser = robotsParserModule as unknown as (typeof robotsParserModule)['default'];

/** What is going to be kept to on one host, to be told before a crawl. */
export interface RobotsPlan {
  host: string;
  /** Whether the address may be asked for, `liftedByMine` counted in. */
  allowed: boolean;
  /** True where only the user's declaration opens the address. */
  liftedByMine: boolean;
  /** Where it is not allowed: what asking for it comes to. */
  refusal?: FicferryError;
  /** Seconds the file asks for between requests, as written. */
  crawlDelay?: number;
  /** The pause that is kept now after each response of the site, in seconds. */
  pauseSeconds: number;
  /** `file`: rules were read. `missing`: a 4xx. `html`: a page stood where rules should. Both allow everything. */
  source: RobotsSource;
}
export type RobotsSource = 'file' | 'missing' | 'html';

/** A rule that stands against an address: the line's number (1-based) and what it says. */
export interface RobotsRule {
  line: number;
  text: string;
}

/** Google reads so much of a file and RFC 9309 (2.5) asks for no less; the rest is passed over. */
const MOST = 512 * 1024;

/** One host's rules. */
export class Robots {
  readonly #rules: ReturnType<typeof robotsParser>;
  readonly #lines: string[];

  private constructor(
    readonly source: RobotsSource,
    robotsUrl: string,
    text: string,
  ) {
    this.#rules = robotsParser(robotsUrl, text);
    this.#lines = text.split(LINE_END);
  }

  /**
   * Reads an answer to `robotsUrl`: any 4xx allows everything, and so does a page of HTML or a redirect that
   * leads nowhere we may go. A 5xx never gets here.
   */
  static of(robotsUrl: string, answer: { status: number; body: Uint8Array }): Robots {
    if (answer.status !== 200) return new Robots('missing', robotsUrl, '');
    const text = new TextDecoder().decode(answer.body.subarray(0, MOST));
    // By what it holds and not by its label: rules that a server calls text/html are rules all the same.
    if (text.trimStart().startsWith('<')) return new Robots('html', robotsUrl, '');
    return new Robots('file', robotsUrl, text);
  }

  /** Seconds between requests that the file asks of us. */
  get crawlDelay(): number | undefined {
    const seconds = this.#rules.getCrawlDelay(ROBOT);
    return seconds !== undefined && Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
  }

  /** The rule that forbids an address to us, if one does. The longest rule that fits decides. */
  against(url: string): RobotsRule | undefined {
    if (this.#rules.isAllowed(url, ROBOT) !== false) return undefined;
    const line = this.#rules.getMatchingLineNumber(url, ROBOT);
    return { line, text: tidy(this.#lines[line - 1] ?? '') };
  }
}

/** As robots-parser splits, so that its line numbers are ours. */
const LINE_END = /\r\n|\r|\n/;

/** A line of somebody else's file made fit for a terminal: no comment, no control characters, not long. */
function tidy(line: string): string {
  return (line.split('#', 1)[0] ?? '')
    .replace(/[^\x20-\x7e\u00a1-\u{10ffff}]/gu, ' ')
    .trim()
    .slice(0, 120);
}

/** Whether a rule is the one that closes a whole host, which is what the journal sites write for an owner who asked. */
export function closesAll(rule: RobotsRule): boolean {
  return /^disallow\s*:\s*\/$/i.test(rule.text);
}

/**
 * The refusal to ask for an address. `what` names it for people; `ofJournal` is true where the host is one journal's
 * own, so that its owner may lift the rule.
 */
export function forbidden(host: string, what: string, rule: RobotsRule, ofJournal: boolean): FicferryError {
  const says = `robots.txt of ${host} says "${rule.text}" (line ${rule.line})`;
  if (ofJournal && closesAll(rule)) {
    return new FicferryError(
      'ROBOTS',
      `${says}, so nothing of this journal may be fetched by robots`,
      'This is often its owner\'s setting "minimise my inclusion in search engines", or comes with an adult journal. ' +
        "If the journal is yours, or you have its owner's leave, say so with --mine: it lifts this one rule on this one host.",
    );
  }
  return new FicferryError(
    'ROBOTS',
    `${says}, so ${what} may not be fetched`,
    'ficferry keeps to robots.txt, and --mine lifts no rule but "Disallow: /" of the journal itself.',
  );
}

/** The refusal to go on where the rules could not be read. */
export function unread(host: string, cause: FicferryError): FicferryError {
  return new FicferryError(
    'ROBOTS',
    `robots.txt of ${host} could not be read, so nothing there may be fetched: ${cause.message}`,
    cause.advice,
    { cause },
  );
}
