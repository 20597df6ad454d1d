import { ParleyError } from '../http/error.js';
import type { Http } from '../http/http.js';
import type { Platform } from '../platform/platform.js';
import { backoff } from '../socket/backoff.js';
import type { Tokens } from '../types.js';

/**
 * A spent refresh token is answered with its successor within 10 s of its spending, and ends the session after that.
 * The first try may have spent it, so the last one begins 9.5 s after it at most: four tries when answers do not come,
 * more when the network fails at once.
 */
const LAST_TRY_MS = 9_500;
const NEXT_TRY_MS = 3_000;

/** No answer may take longer, from the first try on. */
const LONGEST_MS = 20_000;

/**
 * What a proxy says that has lost the server, or a server that has lost its way, after it was asked: whether the token is
 * spent, nobody knows. A 503 is said before anything is done.
 */
const UNANSWERED: readonly (number | undefined)[] = [500, 502, 504];

/** Tokens, and when the call began that they are the answer to: they are no older than that. */
export interface Refreshed {
  readonly tokens: Tokens;
  readonly askedAt: number;
}

/**
 * Repeats what got no answer of the server's: after a while beside the call that has none yet, soon when it failed at once.
 * The answer that comes first counts, whichever call it belongs to: a slow server is answered for what it was asked first.
 */
export function askUntilAnswered(
  platform: Platform,
  http: Http,
  refreshToken: () => string | undefined,
): Promise<Refreshed> {
  const { clock } = platform;
  const firstAt = clock.now();
  const others = new AbortController();
  return new Promise((resolve, reject) => {
    let attempt = 0;
    let open = 0;
    let timer: unknown = null;
    let mayRepeat = true;
    let settled = false;
    const settle = (then: () => void): void => {
      settled = true;
      clock.clearTimeout(timer);
      then();
      // A cookie of theirs that comes late would be an older one.
      others.abort();
    };
    /** No try begins too late to be forgiven. */
    const plan = (ms: number): void => {
      clock.clearTimeout(timer);
      timer = null;
      if (mayRepeat && clock.now() + ms - firstAt <= LAST_TRY_MS) timer = clock.setTimeout(ask, ms);
    };
    const failed = (error: unknown, triedAt: number): void => {
      open--;
      if (settled) return;
      if (error instanceof ParleyError && error.status === 401) return settle(() => reject(error));
      mayRepeat &&= isUnanswered(error);
      const pause = Math.max(0, backoff(platform.random, attempt - 1, 200, 1_500) - (clock.now() - triedAt));
      if (!mayRepeat || open === 0) plan(pause);
      if (open === 0 && timer === null) settle(() => reject(error));
    };
    const ask = (): void => {
      const triedAt = clock.now();
      attempt++;
      open++;
      plan(NEXT_TRY_MS);
      const call = async (): Promise<Tokens> =>
        refreshCall(http, refreshToken(), firstAt + LONGEST_MS - triedAt, others.signal);
      call().then(
        (tokens) => settled || settle(() => resolve({ tokens, askedAt: triedAt })),
        (error: unknown) => failed(error, triedAt),
      );
    };
    ask();
  });
}

function isUnanswered(error: unknown): boolean {
  return error instanceof ParleyError && (error.code === 'network' || UNANSWERED.includes(error.status));
}

/** Without a token in hand it is the cookie that counts; where there is none, the server misses a member (400). */
async function refreshCall(
  http: Http,
  refreshToken: string | undefined,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Tokens> {
  const cookies = refreshToken === undefined;
  const body = cookies ? {} : { refresh_token: refreshToken };
  try {
    return await http.call<Tokens>({ method: 'POST', path: '/auth/refresh/', body, cookies, timeoutMs, signal });
  } catch (error) {
    if (!cookies || !(error instanceof ParleyError) || error.status !== 400) throw error;
    throw new ParleyError({ code: 'unauthenticated', status: 401, detail: 'There is no refresh cookie', cause: error });
  }
}
