import type { Platform } from '../platform/platform.js';
import { ParleyError } from './error.js';

const TIMEOUT_MS = 35_000;

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From the origin on, with the trailing slash. */
  readonly path: string;
  readonly body?: unknown;
  readonly token?: string | undefined;
  /** Whether the refresh cookie goes along. */
  readonly cookies?: boolean;
  /** Without it 35 s, above the server's own 30 s, so that its answer wins. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** JSON over `fetch`: refusals, and no answer in time, are a {@link ParleyError}. */
export class Http {
  readonly origin: string;
  readonly #platform: Platform;

  constructor(platform: Platform, url: string) {
    this.#platform = platform;
    this.origin = new URL(url).origin;
  }

  async call<T>(call: Call): Promise<T> {
    const headers: Record<string, string> = {};
    if (call.token !== undefined) headers['Authorization'] = `Bearer ${call.token}`;
    if (call.body !== undefined) headers['Content-Type'] = 'application/json';
    const init: RequestInit = {
      method: call.method,
      headers,
      credentials: call.cookies ? 'include' : 'omit',
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    };
    return this.#limited(call.signal, call.timeoutMs ?? TIMEOUT_MS, async (signal) => {
      const response = await this.#platform.fetch(this.origin + call.path, { ...init, signal });
      if (!response.ok) throw await ParleyError.of(response);
      return (response.status === 204 || response.status === 202 ? undefined : await response.json()) as T;
    });
  }

  /** `fetch`; the time limit ends with the headers. */
  fetch(url: string, init: RequestInit): Promise<Response> {
    return this.#limited(init.signal ?? undefined, TIMEOUT_MS, (signal) =>
      this.#platform.fetch(url, { ...init, signal }),
    );
  }

  async #limited<T>(
    given: AbortSignal | undefined,
    timeoutMs: number,
    task: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const limit = new AbortController();
    const abort = (): void => limit.abort(given?.reason);
    if (given?.aborted) abort();
    given?.addEventListener('abort', abort);
    const timer = this.#platform.clock.setTimeout(() => limit.abort(new Error('timed out')), timeoutMs);
    try {
      return await task(limit.signal);
    } catch (error) {
      throw error instanceof ParleyError ? error : ParleyError.network(error);
    } finally {
      this.#platform.clock.clearTimeout(timer);
      given?.removeEventListener('abort', abort);
    }
  }
}
