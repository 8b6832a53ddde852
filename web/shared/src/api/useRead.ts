import type { AnyVariables, OperationContext, RequestPolicy, TypedDocumentNode } from '@urql/core';
import { useQuery } from 'urql';
import { faultsOf, type Fault } from './fault';
import { operation } from './operation';

/** A query as a page sees it. */
export interface Read<Data> {
  data: Data | undefined;
  /** Why the whole of it, or a part, is missing: see `Fault.path`. */
  faults: Fault[];
  /** There is nothing to show yet. */
  loading: boolean;
  /** What is shown is being asked for again. */
  refreshing: boolean;
  reload(): void;
}

/** Reads by a generated query, anew whenever its variables change. */
export function useRead<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  options: { pause?: boolean; policy?: RequestPolicy; context?: Partial<OperationContext> } = {},
): Read<Data> {
  const [{ data, error, fetching, stale }, execute] = useQuery({
    query: operation(document),
    variables: variables as never,
    pause: options.pause,
    requestPolicy: options.policy ?? 'cache-and-network',
    context: options.context,
  });
  return {
    data,
    faults: faultsOf(error),
    loading: fetching && !data,
    refreshing: Boolean(data) && (fetching || stale),
    reload: () => execute({ requestPolicy: 'network-only' }),
  };
}
