/**
 * The REST part, generated from the OpenAPI documents at build: every endpoint, a class a feature.
 *
 * ```ts
 * import { restApi, room } from '@parley/client/rest';
 * const found = await restApi(client, room.SearchApi).search({ q: 'lunch' });
 * ```
 */
import type { ParleyClient } from './client.js';
import { ParleyError } from './http/error.js';
import { Configuration } from './generated/room/runtime.js';

export * as auth from './generated/auth/index.js';
export * as room from './generated/room/index.js';

/** One of the generated classes, as the client's user: tokens are added and renewed, refusals are a ParleyError. */
export function restApi<T>(client: ParleyClient, Api: new (configuration: never) => T): T {
  const configuration = new Configuration({
    basePath: client.url,
    fetchApi: (input, init) => client.fetch(input as string, init),
    middleware: [
      {
        async post({ response }) {
          if (!response.ok) throw await ParleyError.of(response);
        },
      },
    ],
  });
  // Each document has a Configuration of its own, of the same shape.
  return new Api(configuration as never);
}
