import { Client, cacheExchange, fetchExchange, mapExchange } from '@urql/core';
import { learnTime } from './serverClock';

/** How long a request may take before it counts as not answered, a little more than the server gives itself. */
const TIMEOUT_MS = 12_000;

/** The API, as whoever has the session of this browser. */
export interface Api {
  client: Client;
  /** Returns when the server last answered, in ms since 1970: then the session's idle time started anew. */
  lastContact(): number;
}

/**
 * Makes a client of the API. The session is in a cookie that scripts can't read; `name` tells the server
 * which of its two cookies is meant, and the page's language in which language to name things. Only answers of queries are kept, in memory. `onSessionEnded` is called
 * when the server says that nobody is signed in.
 */
export function connect(name: 'admin' | 'banking', onSessionEnded: () => void): Api {
  let contact = Date.now();
  const client = new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetchOptions: () => ({
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { 'Factordesk-Client': name, 'Accept-Language': document.documentElement.lang },
    }),
    fetch: async (input, init) => {
      const answer = await fetch(input, { ...init, signal: withTimeout(init?.signal) });
      learnTime(answer);
      return answer;
    },
    exchanges: [
      mapExchange({
        onResult(result) {
          if (result.error?.graphQLErrors.some((e) => e.extensions.code === 'UNAUTHENTICATED')) onSessionEnded();
          else if (!result.error?.networkError) contact = Date.now();
        },
      }),
      cacheExchange,
      fetchExchange,
    ],
  });
  return { client, lastContact: () => contact };
}

function withTimeout(signal: AbortSignal | null | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  return signal ? AbortSignal.any([signal, timeout]) : timeout;
}
