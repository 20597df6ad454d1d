/** What the connection is doing. */
export type ConnectionState =
  /** Nobody wants it, or the machine has no network and says so; it comes back with the network. */
  | { readonly status: 'offline'; readonly reason: 'closed' | 'network' }
  | { readonly status: 'connecting' }
  | { readonly status: 'online'; readonly connectionId: string }
  /** As good as online: the gateway stops soon, and the next one is being looked for. */
  | { readonly status: 'moving'; readonly connectionId: string }
  | {
      readonly status: 'reconnecting';
      /** By this machine's clock. */
      readonly retryAt: number;
      /** Failures in a row. */
      readonly attempt: number;
      /** A code of the server's list, `network`, or `close 1006` and the like. */
      readonly reason: string;
    }
  /** Not again without a new cause: another login, or a call of `connect()`. */
  | { readonly status: 'ended'; readonly code: string; readonly detail: string };

/** What follows from a close code. */
export type Verdict =
  | { readonly kind: 'resume'; readonly afterMs: number }
  | { readonly kind: 'renew token' }
  | { readonly kind: 'end'; readonly code: string; readonly detail: string };

/** Where the server wants to see nobody for a while. */
export const RATE_LIMITED_MS = 30_000;

/** Unknown codes are an interruption like any other. */
export function verdictOf(code: number): Verdict {
  switch (code) {
    case 4400:
      return { kind: 'end', code: 'malformed', detail: 'The server could not read this client' };
    case 4401:
      return { kind: 'renew token' };
    case 4403:
      return { kind: 'end', code: 'room_not_found', detail: 'Not a participant' };
    case 4404:
      return { kind: 'end', code: 'room_not_found', detail: 'The room was deleted' };
    case 4529:
      return { kind: 'resume', afterMs: RATE_LIMITED_MS };
    default:
      return { kind: 'resume', afterMs: 0 };
  }
}
