/** Time. Replaced in tests, so that a thousand histories take seconds. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  setTimeout(task: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
}

/** The part of the standard WebSocket that is used. */
export interface WebSocketLike {
  readonly readyState: number;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  onerror: ((event: never) => void) | null;
  send(data: string): void;
  close(code?: number, reason?: string): void;
}

export type WebSocketConstructor = new (url: string, protocols: string[]) => WebSocketLike;

/** Whether the machine believes to have a network. */
export interface Network {
  readonly online: boolean;
  /** Calls back at each change, and answers the function that ends this. */
  watch(listener: (online: boolean) => void): () => void;
}

/** What tells tabs (or processes) that share a session about each other. */
export interface Sharing {
  /** Runs the task while no other holder of the same name runs one. */
  exclusively<T>(name: string, task: () => Promise<T>): Promise<T>;
  /** Holds a name until the answered function is called, or this tab ends. */
  hold(name: string): () => void;
  /** The names that are held anywhere, or `null` when this cannot be known. */
  held(): Promise<ReadonlySet<string> | null>;
  /** A channel to the other tabs of the same name; `null` when there are none to reach. */
  channel(name: string, listener: (message: unknown) => void): { post(message: unknown): void; close(): void } | null;
}

/** What the client needs of the machine that it runs on. */
export interface Platform {
  readonly clock: Clock;
  readonly random: () => number;
  readonly newId: () => string;
  readonly fetch: typeof globalThis.fetch;
  readonly WebSocket: WebSocketConstructor;
  readonly network: Network;
  readonly sharing: Sharing;
}
