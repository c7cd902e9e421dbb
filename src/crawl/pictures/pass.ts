/** The second pass: the pictures that the read works show, from their hosts into the vault. */
import PQueue from 'p-queue';
import type { Vault } from '../vault/vault.js';
import { type PictureHosts, Unanswered } from './hosts.js';
import { type ImagesConfig, storedPicture } from './stored.js';

/** One picture that a work shows. */
export interface WantedPicture {
  address: string;
  /** Only locked entries show it, so that its answers go where those entries are. */
  restricted: boolean;
}

/** What is to be asked for, by whose pace it is. */
export interface PicturePlan {
  wanted: readonly WantedPicture[];
  /** Pictures that the vault has the last answer of, whatever it is. */
  held: number;
  queues: readonly { key: string; site?: string; pictures: readonly WantedPicture[] }[];
}

export interface PictureEvent {
  type: 'picture';
  url: string;
  kind: 'picture' | 'missing';
  /** Where it is missing; a clause for people. */
  why?: string;
  done: number;
  total: number;
}

/** What the pass came to. */
export interface PictureEnd {
  wanted: number;
  /** Pictures in the vault now. */
  carried: number;
  missing: { url: string; why: string }[];
  /** Addresses asked for, with or without an answer; second tries and robots.txt are not counted. */
  asked: number;
  /** False where it was stopped before each picture had its turn. */
  complete: boolean;
}

type Shelf = Pick<Vault, 'all' | 'read'>;

/** Asks nobody. The order is that of the works; a picture that is held costs the reading of its capture. */
export async function planPictures(
  vault: Shelf,
  wanted: readonly WantedPicture[],
  hosts: Pick<PictureHosts, 'whose'>,
  images: ImagesConfig,
): Promise<PicturePlan> {
  const queues = new Map<string, { key: string; site?: string; pictures: WantedPicture[] }>();
  let held = 0;
  for (const picture of wanted) {
    const stored = await storedPicture(vault, picture.address, picture.restricted, images);
    if (stored.kind !== 'unasked') {
      held++;
      continue;
    }
    const whose = hosts.whose(stored.url);
    const queue = queues.get(whose.key) ?? { ...whose, pictures: [] };
    queue.pictures.push(picture);
    queues.set(whose.key, queue);
  }
  return { wanted, held, queues: [...queues.values()] };
}

export interface PicturePassOptions {
  vault: Shelf & Pick<Vault, 'append'>;
  plan: PicturePlan;
  hosts: PictureHosts;
  images: ImagesConfig;
  /** Taken while a site's own hosts are asked. */
  lock(site: string): Promise<AsyncDisposable>;
  stopping?: () => boolean;
  onPicture(event: PictureEvent): void;
}

/**
 * Asks for what the plan lists, some hosts side by side. Every answer is in the vault before the next is asked for.
 * @throws FicferryError DISK, VAULT_DAMAGED, NO_CONTACT; the others stop after the picture in hand
 */
export async function fetchPictures(options: PicturePassOptions): Promise<PictureEnd> {
  return new Pass(options).run();
}

class Pass {
  readonly #unanswered = new Map<string, string>();
  readonly #total: number;
  #done = 0;
  #asked = 0;
  #failure: { error: unknown } | undefined;

  constructor(private readonly options: PicturePassOptions) {
    this.#total = options.plan.queues.reduce((sum, { pictures }) => sum + pictures.length, 0);
  }

  async run(): Promise<PictureEnd> {
    const { plan, images } = this.options;
    const pool = new PQueue({ concurrency: images.hosts });
    await Promise.all(plan.queues.map((queue) => pool.add(() => this.#work(queue))));
    if (this.#failure) throw this.#failure.error;
    return this.#end();
  }

  /** One host's pictures in turn. A failure that is no host's ends the others too, after the picture in hand. */
  async #work({ site, pictures }: PicturePlan['queues'][number]): Promise<void> {
    try {
      await using _lock = site === undefined || this.#stopped() ? undefined : await this.options.lock(site);
      for (const picture of pictures) {
        if (this.#stopped()) return;
        await this.#take(picture);
      }
    } catch (error) {
      this.#failure ??= { error };
    }
  }

  #stopped(): boolean {
    return this.#failure !== undefined || (this.options.stopping?.() ?? false);
  }

  async #take({ address, restricted }: WantedPicture): Promise<void> {
    const { vault, hosts, images, onPicture } = this.options;
    let why: string | undefined;
    try {
      let stored = await storedPicture(vault, address, restricted, images);
      while (stored.kind === 'unasked') {
        this.#asked += hosts.leftAlone(stored.url) === undefined ? 1 : 0;
        await vault.append(await hosts.ask(stored.url), restricted ? 'restricted' : 'open');
        stored = await storedPicture(vault, address, restricted, images);
      }
      if (stored.kind === 'none') why = stored.why;
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      why = error.why;
      this.#unanswered.set(address, why);
    }
    this.#done++;
    const kind = why === undefined ? 'picture' : 'missing';
    onPicture({ type: 'picture', url: address, kind, ...(why && { why }), done: this.#done, total: this.#total });
  }

  /** Told of every picture that is wanted, those held from before among them. */
  async #end(): Promise<PictureEnd> {
    const { vault, plan, images } = this.options;
    const missing: PictureEnd['missing'] = [];
    for (const { address, restricted } of plan.wanted) {
      const stored = await storedPicture(vault, address, restricted, images);
      if (stored.kind === 'picture') continue;
      const why = stored.kind === 'none' ? stored.why : (this.#unanswered.get(address) ?? 'it was not asked for yet');
      missing.push({ url: address, why });
    }
    return {
      wanted: plan.wanted.length,
      carried: plan.wanted.length - missing.length,
      missing,
      asked: this.#asked,
      complete: this.#done === this.#total,
    };
  }
}
