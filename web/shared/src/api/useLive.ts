import { createRequest, type AnyVariables, type Client, type TypedDocumentNode } from '@urql/core';
import { makeFetchBody, makeFetchOptions } from '@urql/core/internal';
import { useEffect, useEffectEvent } from 'react';
import { useClient } from 'urql';
import { follow, type Follower } from './follow';
import { operation } from './operation';

/**
 * Follows a generated subscription while it is not paused and the page is in front: a browser opens few connections
 * to a server at once, and pages behind need none.
 */
export function useLive<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { pause, ...given }: Omit<Follower<Data>, 'open'> & { pause: boolean },
): void {
  const client = useClient();
  const onOpen = useEffectEvent(given.onOpen);
  const onData = useEffectEvent(given.onData);
  const onLost = useEffectEvent(given.onLost);
  const key = JSON.stringify(variables);
  useEffect(() => {
    if (pause) return;
    const open = (signal: AbortSignal) => ask(client, document, JSON.parse(key) as Variables, signal);
    let stop: (() => void) | undefined;
    const turn = () => {
      stop?.();
      stop = window.document.hidden ? undefined : follow<Data>({ open, onOpen, onData, onLost });
    };
    turn();
    window.document.addEventListener('visibilitychange', turn);
    return () => {
      window.document.removeEventListener('visibilitychange', turn);
      stop?.();
    };
  }, [client, document, key, pause]);
}

/** Asks for a stream as the client asks for all else, but for as long as it lasts. */
function ask<Data, Variables extends AnyVariables>(
  client: Client,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  signal: AbortSignal,
): Promise<Response> {
  const asked = client.createRequestOperation('subscription', createRequest(operation(document), variables));
  return fetch(asked.context.url, { ...makeFetchOptions(asked, makeFetchBody(asked)), signal });
}
