/** Answers a source's questions out of the vault where an answer is held, and from the site where none is. */
import { FicferryError } from '../../errors.js';
import { type Address, readPage, type Sites } from '../../journal/index.js';
import type { Access, Capture, CaptureUse, GateForm, Reading } from '../../model.js';
import { LineStopped } from '../fetch/line.js';
import { addressKey, type Catalogue, type Store } from './catalogue.js';
import { isHeld } from './held.js';
import { LoginWatch } from './login.js';
import { type Captures, leadsTo, recall, type Stands } from './recall.js';
import { isForStranger, type LoggedOut } from './stranger.js';
import { inView, viewRank } from './views.js';
import type { Answer, Asker } from './visit.js';
import { Ways } from './ways.js';

/** The part of a fetcher that a crawl needs. */
export interface Getter {
  /** What is given to the site now. */
  readonly access: Access;
  get(url: string, options?: { as?: 'user' | 'stranger' }): Promise<Capture>;
  passGate(form: GateForm, from: string, options?: { as?: 'user' | 'stranger' }): Promise<void>;
}

/** The last answer for a page of the calendar, and what it reads as where it is none. */
export interface CalendarAnswer {
  capture: Capture;
  reading: Reading;
}

/** Redirects from an address to another form of the same one: to another scheme, and from a view to the plain page. */
const MOST_FORMS = 3;
/** Answers that wait for a sign of the login, before a page is asked for to see one: what a kill may cost. */
const MOST_WAITING = 100;

type Came = Pick<Answer, 'reading' | 'unanswered'>;

const STRANGER: Access = { adult: false, account: false };

export class Asking implements Asker {
  /** Requests made in this run for pages and forms. */
  asked = 0;
  readonly #askedFor = new Set<string>();
  /** Answers of this run that the vault does not hold: they are provisional, but not asked for twice in one run. */
  readonly #provisional = new Map<string, Came>();
  readonly #login: LoginWatch;
  /** Answers under cookies that are the user's only if the site takes the cookies, which nothing has shown since. */
  #waiting: { capture: Capture; reading: Reading }[] = [];
  readonly #captures: Captures;
  readonly #stands: Stands;
  readonly #ways: Ways;

  constructor(
    private readonly sites: Sites,
    private readonly store: Store,
    private readonly catalogue: Catalogue,
    private readonly fetcher: Getter,
  ) {
    this.#captures = { shelf: store, catalogue, sites };
    this.#stands = (reading, ref) => isHeld(reading, ref.access, fetcher.access, sites);
    this.#ways = new Ways(this.#captures, this.#stands);
    this.#login = new LoginWatch({
      marksOf: (url) => sites.site(sites.owns(url) ?? '').loggedOut,
      wasMarkedForUser: (url, marks) => this.#wasMarkedForUser(url, marks),
    });
  }

  /** To be called when the walk is through. @throws FicferryError COOKIES_EXPIRED where the site took the user for a stranger all along */
  end(): void {
    this.#login.end();
  }

  /** Stores what still waits for a sign of the login as what it is for certain: a stranger's answers. To be called at the very end. */
  async close(): Promise<void> {
    await this.#storeWaiting(false);
  }

  async ask(url: string, options: { again?: boolean } = {}): Promise<Answer> {
    const address = this.sites.tryParse(url);
    if (!address) return { reading: { kind: 'unreadable', reason: `${url} is on no known site` }, fromVault: false };
    const key = addressKey(address);
    const askedBefore = this.#askedFor.has(key);
    const provisional = this.#provisional.get(key);
    if (provisional) return { ...provisional, fromVault: false };
    const held = askedBefore || !options.again ? await this.held(address) : undefined;
    if (held) return { reading: held, fromVault: !askedBefore };
    this.#askedFor.add(key);
    const came = await this.#inViews(address, key);
    const { access } = this.fetcher;
    const kept = isHeld(came.reading, access, access, this.sites) && this.#waiting.length === 0;
    if (!kept) this.#provisional.set(key, came);
    return { ...came, fromVault: false };
  }

  async askNextView(url: string): Promise<Answer | undefined> {
    const address = this.sites.tryParse(url);
    if (!address) return undefined;
    const key = addressKey(address);
    const { views } = this.sites.site(address.site);
    const seen = new Set(this.catalogue.find(key).map((ref) => viewRank(ref.url, views)));
    const view = views.find((_, rank) => !seen.has(rank));
    return view === undefined ? undefined : { ...(await this.#view(address, view, key)), fromVault: false };
  }

  /** What the vault holds of an address, without asking for it. */
  async held(address: Address): Promise<Reading | undefined> {
    return (await recall(addressKey(address), this.#captures, this.#stands)) ?? this.#ways.across(address);
  }

  /**
   * A page of the journal's calendar, in the site's views until one is of use, which is kept. It is kept as no page that an entry is read
   * from, and under cookies behind the lock: it shows the subjects of locked entries.
   */
  async askCalendar(url: string, isUseful: (capture: Capture) => boolean): Promise<CalendarAnswer> {
    const { views } = this.sites.site(this.sites.owns(url) ?? '');
    for (const view of views) {
      const answer = await this.#calendarPage(inView(url, view));
      const { capture, reading } = answer;
      const useful = isUseful(capture);
      if (useful) await this.#append({ ...capture, use: 'calendar' }, capture.access.account ? 'restricted' : 'open');
      // a refusal is one in any view
      if (useful || view === views.at(-1) || isRefusal(reading)) return answer;
    }
    throw new TypeError('a site has a view at least');
  }

  /** One page of it, through redirects to other forms of its own address. */
  async #calendarPage(url: string): Promise<CalendarAnswer> {
    const asked = this.sites.calendarPage(url);
    let answer = await this.#pastGate(url, 'user', 'calendar');
    for (let form = 0; form < MOST_FORMS && answer[1].kind === 'redirect'; form++) {
      const to = this.sites.calendarPage(answer[1].to);
      if (!asked || to?.date !== asked.date || to.journal !== asked.journal || to.site !== asked.site) break;
      answer = await this.#pastGate(answer[1].to, 'user', 'calendar');
    }
    const [capture, reading] = answer;
    return { capture, reading };
  }

  /** Entries and lists are asked for in the site's views until one can be read; other addresses have no views. */
  async #inViews(address: Address, key: string): Promise<Came> {
    const views = address.kind === 'entry' || address.kind === 'journal' ? this.sites.site(address.site).views : [''];
    let best: Came | undefined;
    for (const view of views) {
      const came = await this.#view(address, view, key);
      // a page that can't be read says more than one that did not come
      if (!best || !came.unanswered) best = came;
      const { reading } = came;
      const says = reading.kind !== 'unreadable' && !(reading.kind === 'list' && reading.entries.length === 0);
      if (says) break;
    }
    return best ?? { reading: { kind: 'unreadable', reason: 'the site has no view to ask for' } };
  }

  /**
   * One view. An entry whose page alone does not come is unreadable: its number leads on to its neighbours.
   * @throws FicferryError where the site itself does not answer, or nothing would lead on
   */
  async #view(address: Address, view: string, key: string): Promise<Came> {
    try {
      return { reading: await this.#page(inView(address.url, view), key) };
    } catch (error) {
      const alone = error instanceof LineStopped && error.ofPage && address.kind === 'entry';
      if (!alone || address.number === undefined) throw error;
      return { reading: { kind: 'unreadable', reason: error.why }, unanswered: error };
    }
  }

  /** One page, through redirects to other forms of its own address. */
  async #page(url: string, key: string): Promise<Reading> {
    let at = url;
    for (let form = 0; form <= MOST_FORMS; form++) {
      const reading = await this.#fetch(at);
      if (reading.kind !== 'redirect' || !leadsTo(key, reading, this.sites)) return reading;
      at = reading.to;
    }
    return { kind: 'unreadable', reason: 'redirects to itself' };
  }

  async #fetch(url: string): Promise<Reading> {
    return this.#keep(...(await this.#pastGate(url, 'user')));
  }

  /** The page behind an adult notice, where the user declared adulthood and the site lets the form do; else the notice. */
  async #pastGate(url: string, as: 'user' | 'stranger', use?: CaptureUse): Promise<[Capture, Reading]> {
    const [capture, reading] = await this.#get(url, as);
    if (reading.kind !== 'gate' || !reading.gate || !this.fetcher.access.adult) return [capture, reading];
    if (as === 'user' && !use) await this.#keep(capture, reading);
    this.asked++;
    await this.fetcher.passGate(reading.gate, url, { as });
    return this.#get(url, as);
  }

  /** @throws FicferryError BANNED; the ban page is not kept, since it says nothing of the address it stands at */
  async #get(url: string, as: 'user' | 'stranger'): Promise<[Capture, Reading]> {
    this.asked++;
    const capture = await this.fetcher.get(url, { as });
    const reading = readPage(this.sites, capture);
    if (reading.kind === 'banned') {
      throw new FicferryError(
        'BANNED',
        `The site has stopped us at ${url}: ${reading.reason}`,
        'Nothing is lost. Wait some hours, open the site in a browser to see what it says, then run the same command again.',
      );
    }
    await this.#login.see(capture, reading);
    return [capture, reading];
  }

  /** Stores a capture where it belongs and says what it reads as. */
  async #keep(capture: Capture, reading: Reading): Promise<Reading> {
    const { access } = capture;
    if (!access.account) return this.#store(capture, reading, 'open');
    if (this.#login.isProven && this.#login.shows(capture, reading)) await this.#storeWaiting(true);
    else if (!isHeld(reading, STRANGER, access, this.sites) && isHeld(reading, access, access, this.sites))
      return this.#wait(capture, reading);
    if (reading.kind !== 'entry' || reading.entry.security === 'restricted')
      return this.#store(capture, reading, 'restricted');
    if (reading.entry.security === 'public') return this.#store(capture, reading, 'open');
    const [plain, seen] = await this.#pastGate(capture.url, 'stranger');
    const same =
      seen.kind === 'entry' &&
      seen.entry.number === reading.entry.number &&
      seen.entry.journal === reading.entry.journal;
    return same ? this.#store(plain, seen, 'open') : this.#store(capture, reading, 'restricted');
  }

  async #wait(capture: Capture, reading: Reading): Promise<Reading> {
    this.#waiting.push({ capture, reading });
    const target = reading.kind === 'redirect' ? this.sites.tryParse(reading.to) : undefined;
    if (this.#waiting.length >= MOST_WAITING && target?.kind === 'entry') {
      const [view = ''] = this.sites.site(target.site).views;
      await this.#fetch(inView(target.url, view));
    }
    return reading;
  }

  async #storeWaiting(account: boolean): Promise<void> {
    for (const { capture, reading } of this.#waiting.splice(0))
      await this.#store(capture, reading, 'restricted', account);
  }

  async #wasMarkedForUser(url: string, marks: LoggedOut): Promise<boolean> {
    for (const ref of this.catalogue.find(url)) {
      if (ref.access.account && isForStranger((await this.store.read(ref)).body, marks)) return true;
    }
    return false;
  }

  /** @param isKnown whether the site took the cookies that the answer was asked for with */
  async #store(
    capture: Capture,
    reading: Reading,
    where: 'open' | 'restricted',
    isKnown = this.#login.isProven,
  ): Promise<Reading> {
    await this.#append(capture, where, isKnown);
    return reading;
  }

  async #append(capture: Capture, where: 'open' | 'restricted', isKnown = this.#login.isProven): Promise<void> {
    const account = capture.access.account && isKnown;
    this.catalogue.add(await this.store.append({ ...capture, access: { ...capture.access, account } }, where));
  }
}

function isRefusal(reading: Reading): boolean {
  return 'reason' in reading && reading.kind !== 'unreadable';
}
