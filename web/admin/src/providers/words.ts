import type { Tone, IconName } from '@factordesk/shared';
import type { CheckStatus, FixableBy, OwnDeviceFragment, ShownProviderFragment } from '../gql/graphql';
import type { Field } from './draft';

/** The fields of the form by their names. */
export const labels: Record<Field, string> = {
  name: 'Name',
  accountSid: 'Account SID',
  authToken: 'Auth token',
  apiKeySid: 'API key SID',
  apiKeySecret: 'API key secret',
  dropApiKey: 'Forget the API key',
  sender: 'Sender',
  messagingServiceSid: 'Messaging service SID',
  priority: 'Priority',
  balanceThreshold: 'Warn below a balance of',
};

const checks: Record<string, string> = {
  ENABLED: 'Switched on here',
  CREDENTIALS: 'Credentials',
  ACCOUNT: 'Account',
  BALANCE: 'Balance',
  SENDER: 'Sender',
  STATUS_PAGE: 'Twilio’s status page',
};

/** What a check looks at; one of a newer server by its own name. */
export const checkName = (id: string): string => checks[id] ?? id;

/** How something stands, in a word, with its colour and shape. */
export const standing: Record<CheckStatus, { word: string; tone: Tone; icon?: IconName }> = {
  PASS: { word: 'In order', tone: 'good' },
  WARNING: { word: 'Warning', tone: 'warn' },
  FAIL: { word: 'Fails', tone: 'bad' },
  UNKNOWN: { word: 'Unknown', tone: 'neutral', icon: 'question' },
  NOT_APPLICABLE: { word: 'Nothing to check', tone: 'neutral' },
};

/** Who can mend something, as told to who manages providers. */
export const fixers: Record<FixableBy, string> = {
  CUSTOMER: 'The customer can mend it.',
  STAFF: 'Staff can mend it.',
  INSTITUTION_ADMIN: 'Administrators can mend it, you among them.',
  PROVIDER: 'Twilio can mend it.',
  CARRIER: 'The carrier can mend it.',
};

/** The end of a SID or secret. */
export const ending = (lastFour: string): string => `••${lastFour}`;

/** Who changed the token, if that is known and the viewer may know it. */
export const changer = ({ tokenChangedBy: by }: ShownProviderFragment): string => (by ? ` by ${by.firstName} ${by.lastName}` : '');

/** The phone of the viewer's that a test text goes to: the one that sign-ins offer first, if it gets texts. */
export function textable(devices: readonly OwnDeviceFragment[]): { id: string; lastFour: string } | undefined {
  const phones = devices.flatMap((d) =>
    d.__typename === 'PhoneDevice' && d.communicationMethod === 'TEXT' && d.confirmedAt && !d.disabledAt && !d.suspendedAt ? [d] : [],
  );
  const phone = phones.find((d) => d.isDefault) ?? phones[0];
  return phone && { id: phone.id, lastFour: phone.phoneNumber.slice(-4) };
}
