import type { Language, Product, TwoFactorMethod } from '../gql/graphql';
import type { Field } from './fields';

/** The settings by the names that staff know. */
export const labels: Record<Field, string> = {
  permittedMethods: 'Permitted methods',
  voipNumbersAllowed: 'Codes to internet phones (VoIP)',
  twoFactorRequired: 'Customers need a second factor',
  codeLifetimeSeconds: 'Lifetime of a code that is sent',
  staffCodeLifetimeMinutes: 'Lifetime of backup codes that staff make',
  backupCodesPerSet: 'Backup codes in a set',
  dailySends: 'Texts and calls in a day',
  highRiskActsPerHour: 'Acts of very high risk in an hour',
  languages: 'Languages',
  country: 'Country',
  supportPhone: 'Support phone',
  products: 'Product',
};

export const methods: Record<TwoFactorMethod, { label: string; hint: string }> = {
  SMS: { label: 'Text message', hint: 'A code by text, to mobile phones.' },
  VOICE: { label: 'Phone call', hint: 'A code that a voice reads out, to landlines and to phones that staff set to calls.' },
  EMAIL: { label: 'Email', hint: 'A code by email.' },
  AUTHENTICATOR_APP: { label: 'Authenticator app', hint: 'A code that an app makes. It needs no signal, and nothing is sent that could be intercepted.' },
  BACKUP_CODES: { label: 'Backup codes that users make themselves', hint: 'Those that staff make work without this.' },
};

export const languages: Record<Language, string> = { EN: 'English', ES: 'Spanish' };

export const products: Record<Product, { label: string; hint: string }> = {
  FULL: { label: 'Full', hint: 'Digital Banking and the opening of accounts.' },
  ACCOUNT_OPENING_ONLY: { label: 'Account opening only', hint: 'New customers open accounts; there is no Digital Banking.' },
};
