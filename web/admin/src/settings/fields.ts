import type { InstitutionSettingsFragment } from '../gql/graphql';

/** The settings, every one of which the viewer may see. */
export type Settings = {
  [Name in keyof InstitutionSettingsFragment]: Name extends 'emailRisk' | 'voipRisk' | 'supportPhone' | 'supportPhoneFormatted'
    ? InstitutionSettingsFragment[Name]
    : NonNullable<InstitutionSettingsFragment[Name]>;
};

/** The settings as the form holds them: numbers as they are typed. */
export type Draft = Pick<Settings, 'permittedMethods' | 'voipNumbersAllowed' | 'twoFactorRequired' | 'languages' | 'products'> &
  Record<'codeLifetimeSeconds' | 'staffCodeLifetimeMinutes' | 'backupCodesPerSet' | 'dailySends' | 'highRiskActsPerHour' | 'country' | 'supportPhone', string>;

export type Field = keyof Draft;
