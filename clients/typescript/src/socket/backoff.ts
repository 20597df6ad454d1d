/**
 * Exponential back-off with full jitter: anything from nothing to `base` × 2^attempt, at most `cap`. All clients of a
 * gateway that died come back spread over the whole span, not in waves
 * (M. Brooker, "Exponential Backoff and Jitter", 2015).
 */
export function backoff(random: () => number, attempt: number, baseMs: number, capMs: number): number {
  return Math.round(random() * Math.min(capMs, baseMs * 2 ** Math.min(attempt, 30)));
}
