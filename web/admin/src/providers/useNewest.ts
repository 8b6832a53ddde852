import { operation } from '@factordesk/shared';
import { useClient } from 'urql';
import { SmsProvidersDocument, type ShownProviderFragment } from '../gql/graphql';

/** Gives a function that reads a provider anew: undefined if it could not be read, null if it is gone. */
export function useNewest() {
  const client = useClient();
  return async (id: string): Promise<ShownProviderFragment | null | undefined> => {
    const { data } = await client.query(operation(SmsProvidersDocument), {}, { requestPolicy: 'network-only' }).toPromise();
    const all = data?.institution?.smsProviders;
    return all && (all.find((p) => p.id === id) ?? null);
  };
}
