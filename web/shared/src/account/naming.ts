import type { DevicePartsFragment } from '../gql/graphql';
import type { IconName } from '../parts/Icon';
import type { Words } from '../words/en';

export type Device = DevicePartsFragment;

export function iconOf(device: Device): IconName {
  if (device.__typename === 'EmailDevice') return 'mail';
  if (device.__typename === 'AuthenticatorDevice') return 'device';
  return device.communicationMethod === 'CALL' ? 'call' : 'text';
}

/** What a device is called: by the name that its owner gave it, else by what it is. */
export function nameOf(device: Device, words: Words['account']): string {
  if (device.label) return device.label;
  if (device.__typename === 'EmailDevice') return device.address;
  return device.__typename === 'PhoneDevice' ? device.formatted : words.devices.app;
}

/** What there is to say beside the name. */
export function detailOf(device: Device, words: Words['account']): string {
  const { app, by } = words.devices;
  if (device.__typename === 'EmailDevice') return device.label ? device.address : words.devices.email;
  if (device.__typename === 'AuthenticatorDevice') return device.label ? app : '';
  const way = by[device.communicationMethod];
  return device.label ? `${device.formatted}, ${way}` : way;
}
