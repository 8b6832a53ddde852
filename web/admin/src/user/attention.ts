import type { Tone } from '@factordesk/shared';
import type { AttentionUserFragment, UserDevicesFragment } from '../gql/graphql';

type Device = NonNullable<UserDevicesFragment['devices']>[number];
type Finding = NonNullable<AttentionUserFragment['attention']>[number];

/** The ids of the parts of the page. */
export const DEVICES = 'devices';
export const FROZEN = 'frozen';
export const BACKUP_CODES = 'backup-codes';
export const HISTORY = 'history-title';
export const SESSIONS = 'sessions';
export const CODES = 'codes';
export const deviceAnchor = (id: string): string => `device-${id}`;

export const tones: Record<Finding['severity'], Tone> = { BAD: 'bad', WARNING: 'warn', NOTE: 'neutral' };

/** The part of the page where something is done about a finding, by its id, and what the way there is called. */
export function wayTo({ place, deviceId }: Pick<Finding, 'place' | 'deviceId'>): { id: string; act: string } | undefined {
  switch (place) {
    case 'FREEZE':
      return { id: FROZEN, act: 'See what to do' };
    case 'BACKUP_CODES':
      return { id: BACKUP_CODES, act: 'Go to backup codes' };
    case 'HISTORY':
      return { id: HISTORY, act: 'Look at the texts' };
    case 'DEVICE':
      return deviceId ? { id: deviceAnchor(deviceId), act: 'Look at the device' } : undefined;
    case null:
      return undefined;
  }
}

/** Whether a device signs its owner in, pauses aside. */
const works = (d: { confirmedAt: string | null; disabledAt: string | null; suspendedAt: string | null }): boolean =>
  Boolean(d.confirmedAt && !d.disabledAt && !d.suspendedAt);

/** Whether wrong codes pause a device still. */
export const isPaused = (device: { pausedUntil: string | null }, now: number): boolean => Boolean(device.pausedUntil && Date.parse(device.pausedUntil) > now);

/** What a user can still sign in with once a device is gone. */
export const waysWithout = <D extends { id: string } & Parameters<typeof works>[0]>(devices: D[], id: string): D[] =>
  devices.filter((other) => other.id !== id && works(other));

/** A device as it is spoken of: its number or address, else its label. */
export function nameOf(device: Device): string {
  switch (device.__typename) {
    case 'PhoneDevice':
      return device.formatted;
    case 'EmailDevice':
      return device.address;
    default:
      return device.label || 'Authenticator app';
  }
}
