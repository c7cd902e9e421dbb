/** Asks the program on this machine, and nobody else. */
import type { Refusal } from '../model.js';

/** An answer that says no, or no answer at all. */
export class Failed extends Error {
  constructor(
    message: string,
    readonly advice?: string,
    /** The program does not answer any more. */
    readonly isGone = false,
  ) {
    super(message);
  }
}

export class Api {
  constructor(private readonly secret: string) {}

  /** @throws Failed */
  get<Answer>(path: string, params: Record<string, string> = {}, signal?: AbortSignal): Promise<Answer> {
    const query = new URLSearchParams(params).toString();
    return this.ask<Answer>(`api/${path}${query && `?${query}`}`, signal ? { signal } : {});
  }

  /** @throws Failed */
  post<Answer>(path: string, body: unknown = {}): Promise<Answer> {
    return this.ask<Answer>(`api/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  }

  private async ask<Answer>(address: string, init: RequestInit): Promise<Answer> {
    const headers = { ...init.headers, 'x-ficferry-secret': this.secret };
    let response: Response;
    try {
      response = await fetch(address, { ...init, headers, cache: 'no-store', redirect: 'error' });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw new Failed('ficferry does not answer any more.', GONE, true);
    }
    const said: unknown = await response.json().catch(() => undefined);
    if (response.ok) return said as Answer;
    const { message = `The program answered ${response.status}.`, advice } = (said as Refusal | undefined)?.error ?? {};
    throw new Failed(message, advice);
  }
}

const GONE =
  'Was its window closed? Start it again, and use the page that it opens. Everything you changed here is saved.';
