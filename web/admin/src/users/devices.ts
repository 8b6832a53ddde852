import type { UserRowFragment } from '../gql/graphql';
import { methodWords } from '../user/words';

/** A user's devices in a few words. */
export function devicesInWords(devices: UserRowFragment['devices']): string {
  const only = devices?.[0];
  if (!devices) return 'Not known';
  if (!only) return 'None';
  if (devices.length > 1) return `${devices.length} devices`;
  switch (only.__typename) {
    case 'PhoneDevice':
      return `Phone ••${only.phoneNumber.slice(-4)}, by ${methodWords[only.communicationMethod]}`;
    case 'EmailDevice':
      return 'Email';
    default:
      return 'Authenticator app';
  }
}
