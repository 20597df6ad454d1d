/** One bad member of a request. */
export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

interface ErrorInit {
  readonly code: string;
  readonly detail?: string | undefined;
  readonly status?: number | undefined;
  readonly retryable?: boolean | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly errors?: readonly FieldError[] | undefined;
  readonly traceId?: string | undefined;
  readonly cause?: unknown;
}

/**
 * A "no": of the server, with a code of its list (an open one: new codes may come), or of this library:
 * `network` (no answer), `connection_lost` (it is not known whether the frame was carried out), `session_ended`,
 * `outbox_full`, `no_websocket`, `closed`.
 */
export class ParleyError extends Error {
  readonly code: string;
  /** The HTTP status, if an HTTP answer it was. */
  readonly status: number | undefined;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly errors: readonly FieldError[];
  /** Names the request in the server's log. */
  readonly traceId: string | undefined;

  constructor(init: ErrorInit) {
    super(init.detail ? `${init.code}: ${init.detail}` : init.code, { cause: init.cause });
    this.name = 'ParleyError';
    this.code = init.code;
    this.status = init.status;
    this.retryable = init.retryable ?? false;
    this.retryAfterMs = init.retryAfterMs;
    this.errors = init.errors ?? [];
    this.traceId = init.traceId;
  }

  /** The problem (RFC 9457) in an answer; the status alone says what it is when there is no such body. */
  static async of(response: Response): Promise<ParleyError> {
    const problem: Record<string, unknown> = await response.json().then(asObject, () => ({}));
    const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
    const { status } = response;
    return new ParleyError({
      code: typeof problem['code'] === 'string' ? problem['code'] : codeOf(status),
      detail: typeof problem['detail'] === 'string' ? problem['detail'] : undefined,
      status,
      retryable: status === 429 || status >= 500,
      retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : undefined,
      errors: Array.isArray(problem['errors']) ? (problem['errors'] as FieldError[]) : [],
      traceId: typeof problem['trace_id'] === 'string' ? problem['trace_id'] : undefined,
    });
  }

  static network(cause: unknown): ParleyError {
    return new ParleyError({ code: 'network', detail: 'No answer', retryable: true, cause });
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function codeOf(status: number): string {
  switch (status) {
    case 401:
      return 'unauthenticated';
    case 403:
      return 'forbidden';
    case 404:
      return 'not_found';
    case 429:
      return 'rate_limited';
    case 502:
    case 503:
    case 504:
      return 'unavailable';
    default:
      return status >= 500 ? 'internal' : 'malformed';
  }
}
