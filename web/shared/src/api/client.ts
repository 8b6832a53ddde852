import { Client, cacheExchange, fetchExchange, mapExchange } from '@urql/core';

/** How long a request may take before it counts as not answered, a little more than the server gives itself. */
const TIMEOUT_MS = 12_000;

export interface ClientEvents {
  /** The server says that nobody is signed in. */
  onSessionEnded(): void;
  /** The server answered: the session's idle time starts anew. */
  onContact(): void;
}

/**
 * Makes a client of the API. The session is in a cookie that scripts can't read; `name` tells the server
 * which of its two cookies is meant. Only answers of queries are kept, in memory.
 */
export function createClient(name: 'admin' | 'banking', events: ClientEvents): Client {
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetchOptions: { credentials: 'same-origin', cache: 'no-store', headers: { 'Factordesk-Client': name } },
    fetch: (input, init) => fetch(input, { ...init, signal: withTimeout(init?.signal) }),
    exchanges: [
      mapExchange({
        onResult(result) {
          if (result.error?.graphQLErrors.some((e) => e.extensions.code === 'UNAUTHENTICATED')) events.onSessionEnded();
          else if (!result.error?.networkError) events.onContact();
        },
      }),
      cacheExchange,
      fetchExchange,
    ],
  });
}

function withTimeout(signal: AbortSignal | null | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  return signal ? AbortSignal.any([signal, timeout]) : timeout;
}
