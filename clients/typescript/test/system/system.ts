import { randomBytes } from 'node:crypto';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { ParleyClient, type ClientOptions } from '../../src/index.js';

/** Where the running system is; `e2e/TypeScriptClientIT` starts one and says so. */
export const url = required('PARLEY_URL');
export const rounds = Number(process.env['PARLEY_ROUNDS'] ?? 8);
export const seed = Number(process.env['PARLEY_SEED'] ?? 1);

export const password = 'correct horse battery 9';

/** Kills, stops or starts a part: `gateway-0`, `gateway-1`, `room` or `redis`. Returns when it is done. */
export async function control(part: string, verb: 'kill' | 'stop' | 'start'): Promise<void> {
  const answer = await fetch(`${required('PARLEY_CONTROLS')}/${part}/${verb}`, { method: 'POST' });
  if (!answer.ok) throw new Error(`${verb} ${part}: ${answer.status}`);
}

/** A new account, logged in. */
export function register(name: string, options: Partial<ClientOptions> = {}): Promise<ParleyClient> {
  const username = `${name}-${randomBytes(5).toString('hex')}`;
  return ParleyClient.register({ url, username, email: `${username}@example.org`, password, ...options });
}

/** Waits for something, with a deadline. */
export async function eventually(what: string, condition: () => boolean, seconds = 60): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await pause(20);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A proxy in front of the system whose connections can be cut, and which can fall silent as a dead network does. */
export class Proxy {
  readonly #server: Server;
  readonly #pairs = new Set<[Socket, Socket]>();
  #silent = false;

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (client) => this.#join(client));
  }

  static async open(): Promise<Proxy> {
    const server = createServer();
    const proxy = new Proxy(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Resets every connection. */
  cut(): void {
    for (const [client, server] of this.#pairs) {
      client.resetAndDestroy();
      server.destroy();
    }
  }

  /** Swallows everything from now on, in both directions, until it is told to speak again; those connections stay dead. */
  set silent(silent: boolean) {
    this.#silent = silent;
    if (silent) for (const pair of this.#pairs) for (const socket of pair) socket.pause();
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #join(client: Socket): void {
    const target = new URL(url);
    const server = connect(Number(target.port), target.hostname);
    const pair: [Socket, Socket] = [client, server];
    this.#pairs.add(pair);
    const end = (): void => {
      this.#pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const socket of pair) {
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', end);
    }
    if (this.#silent) return;
    client.pipe(server);
    server.pipe(client);
  }
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: these tests are run by e2e/TypeScriptClientIT`);
  return value;
}
