import { formatPhone, type Tone } from '@factordesk/shared';
import type { AttentionUserFragment } from '../gql/graphql';
import { methodOf, methodWords, notProved, typeInSentence } from './words';

type Device = NonNullable<AttentionUserFragment['devices']>[number];

export interface AttentionInput extends AttentionUserFragment {
  backupCodes?: { remaining: number; expiresAt: string | null } | null;
}

/** Something about a user that staff should look at, the gravest first. */
export interface Finding {
  tone: Exclude<Tone, 'good' | 'busy'>;
  /** What is so, in a few words. */
  title: string;
  /** What it means and what to do. */
  advice: string;
  /** The id of the part of the page where it is done. */
  where?: string;
  /** What the way there is called. */
  act?: string;
}

/** How long before their end codes count as about to expire. */
const SOON_MS = 2 * 3600_000;

/** The ids of the parts of the page. */
export const DEVICES = 'devices';
export const FROZEN = 'frozen';
export const BACKUP_CODES = 'backup-codes';
export const HISTORY = 'history-title';
export const deviceAnchor = (id: string): string => `device-${id}`;

/** What needs attention about a user; nothing where all is well. */
export function attention(user: AttentionInput, now: number): Finding[] {
  if (user.status === 'CLOSED') return [];
  // Devices that were refused are not none.
  const devices = user.devices ?? [];
  const findings = [
    ...(user.status === 'FROZEN' ? [frozen] : []),
    ...(user.addressProvedAt ? [] : [unproved]),
    ...(user.devices ? enrolment(user.status, user.devices) : []),
    ...devices.flatMap(suspended),
    ...devices.flatMap((d) => disabled(d, devices)),
    ...devices.flatMap((d) => paused(d, now)),
    ...devices.flatMap(numberType),
    ...expiringCodes(user.backupCodes, now),
  ];
  return findings.sort((a, b) => gravity[a.tone] - gravity[b.tone]);
}

const gravity: Record<Finding['tone'], number> = { bad: 0, warn: 1, neutral: 2 };

const frozen: Finding = {
  tone: 'bad',
  title: 'Device changes are frozen',
  advice: 'No device can be added, changed or removed until staff have looked at the account. Ask whether each device below is theirs: suspended ones sign nobody in.',
  where: FROZEN,
  act: 'See what to do',
};

const unproved: Finding = {
  tone: 'warn',
  title: notProved,
  advice:
    'Somebody registered with this address and has not entered the code from its mailbox, so it may be another person’s. They prove it when they next sign in. Be sure who they are before you make codes.',
};

const makeCodes = { where: BACKUP_CODES, act: 'Go to backup codes' };

function enrolment(status: AttentionUserFragment['status'], devices: Device[]): Finding[] {
  if (devices.length === 0)
    return [
      {
        tone: 'bad',
        title: 'No two-factor device',
        advice: 'No code can reach this person. Be sure who they are, then generate backup codes, and have them add a device when signed in.',
        ...makeCodes,
      },
    ];
  if (status !== 'REGISTERED' && status !== 'ENROLLING') return [];
  return [
    {
      tone: 'warn',
      title: status === 'ENROLLING' ? 'Enrolment is under way' : 'Not enrolled yet',
      advice: 'They have not finished setting up a second factor. If codes cannot reach their phone, generate backup codes for enrolment.',
      ...makeCodes,
    },
  ];
}

function suspended(device: Device): Finding[] {
  if (!device.suspendedAt) return [];
  return [
    {
      tone: 'bad',
      title: `${nameOf(device)} is suspended`,
      advice: 'Its owner said of a notice that it was not them, and this device was confirmed about then. Restore it if it is theirs, reset it if it is not.',
      where: deviceAnchor(device.id),
      act: 'Look at the device',
    },
  ];
}

/** Whether a device signs its owner in, pauses aside. */
const works = (d: { confirmedAt: string | null; disabledAt: string | null; suspendedAt: string | null }): boolean =>
  Boolean(d.confirmedAt && !d.disabledAt && !d.suspendedAt);

function disabled(device: Device, all: Device[]): Finding[] {
  if (!device.disabledAt) return [];
  const others = all.some(works);
  return [
    {
      tone: 'bad',
      title: `${nameOf(device)} is switched off`,
      advice: others
        ? 'Too many wrong codes switched it off. They can sign in with another device, then remove this one and add it again.'
        : 'Too many wrong codes switched it off, and no other device works. Be sure who they are, then generate backup codes.',
      ...(others ? { where: deviceAnchor(device.id), act: 'Look at the device' } : makeCodes),
    },
  ];
}

/** Whether wrong codes pause a device still. */
export const isPaused = (device: { pausedUntil: string | null }, now: number): boolean => Boolean(device.pausedUntil && Date.parse(device.pausedUntil) > now);

function paused(device: Device, now: number): Finding[] {
  if (!isPaused(device, now) || device.disabledAt) return [];
  return [
    {
      tone: 'warn',
      title: `${nameOf(device)} is paused`,
      advice:
        'Wrong codes paused it, and somebody who typed them knows the password. If it was not the user, have them change it. The pause ends by itself; once you are sure of the person, you can lift it.',
      where: deviceAnchor(device.id),
      act: 'Look at the device',
    },
  ];
}

/** What a user can still sign in with once a device is gone. */
export const waysWithout = <D extends { id: string } & Parameters<typeof works>[0]>(devices: D[], id: string): D[] =>
  devices.filter((other) => other.id !== id && works(other));

function numberType(device: Device): Finding[] {
  if (device.__typename !== 'PhoneDevice') return [];
  const { detectedNumberType: detected, numberTypeOverride: override } = device;
  const number = formatPhone(device.phoneNumber);
  const there = { where: deviceAnchor(device.id), act: 'Look at the device' };
  if (override && detected && override.numberType !== detected)
    return [
      {
        tone: 'neutral',
        title: `Staff set ${number} to ${typeInSentence(override.numberType)}`,
        advice: `It was detected as ${typeInSentence(detected)}. Codes go by ${methodWords[methodOf(override.numberType)]}. If they do not arrive, return it to the detected type.`,
        ...there,
      },
    ];
  if (!override && !detected)
    return [
      {
        tone: 'warn',
        title: `Number type of ${number} is unknown`,
        advice: 'Its codes go by text. If it cannot take texts, switch it to calls.',
        ...there,
      },
    ];
  return [];
}

function expiringCodes(codes: AttentionInput['backupCodes'], now: number): Finding[] {
  if (!codes?.expiresAt || codes.remaining === 0) return [];
  const left = Date.parse(codes.expiresAt) - now;
  if (left <= 0 || left > SOON_MS) return [];
  return [
    {
      tone: 'warn',
      title: 'Backup codes are about to expire',
      advice: `${codes.remaining === 1 ? '1 unused code stops' : `${codes.remaining} unused codes stop`} working within 2 hours. Have them used before then, or generate new ones.`,
      ...makeCodes,
    },
  ];
}

/** A device as it is spoken of: its number or address, else its label. */
export function nameOf(device: Device): string {
  switch (device.__typename) {
    case 'PhoneDevice':
      return formatPhone(device.phoneNumber);
    case 'EmailDevice':
      return device.address;
    default:
      return device.label || 'Authenticator app';
  }
}
