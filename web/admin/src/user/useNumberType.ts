import { useAct, type Fault } from '@factordesk/shared';
import { ClearNumberTypeDocument, UpdateNumberTypeDocument, type PhoneFragment } from '../gql/graphql';
import type { Choice } from './numberType';

/** Sets the number type of a phone as it is shown, or returns it to the detected one: a conflict if a colleague changed it meanwhile. */
export function useNumberType(shown: Pick<PhoneFragment, 'id' | 'numberTypeOverride'>) {
  const change = { deviceId: shown.id, seenOverrideAt: shown.numberTypeOverride?.at ?? null };
  const update = useAct(UpdateNumberTypeDocument);
  const clear = useAct(ClearNumberTypeDocument);

  const set = async (choice: Choice, reason: string): Promise<{ phone?: PhoneFragment; fault?: Fault }> => {
    if (choice === 'DETECTED') {
      const { data, fault } = await clear.act({ input: { ...change, reason } });
      return { phone: asPhone(data?.clearDeviceNumberType?.device), fault };
    }
    const { data, fault } = await update.act({ input: { ...change, numberType: choice, reason } });
    return { phone: asPhone(data?.updateDeviceNumberType?.device), fault };
  };
  return { set, busy: update.busy || clear.busy };
}

const asPhone = (device: { __typename: string } | null | undefined): PhoneFragment | undefined =>
  device?.__typename === 'PhoneDevice' ? (device as PhoneFragment) : undefined;
