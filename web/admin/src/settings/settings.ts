import type { InstitutionSettingsFragment, Language, TwoFactorMethod, UpdateInstitutionInput } from '../gql/graphql';
import { spoken } from './duration';
import type { Draft, Field, Settings } from './fields';
import { languages, methods, products } from './words';

/** Which risks the viewer has said to accept. */
export interface Accepted {
  email: boolean;
  voip: boolean;
}

/** What is wrong with the form, by field. */
export type Wrong = Partial<Record<Field | 'emailRisk' | 'voipRisk', string>>;

/** In the order of the server, which each list keeps. */
export const METHODS: TwoFactorMethod[] = ['SMS', 'VOICE', 'EMAIL', 'AUTHENTICATOR_APP', 'BACKUP_CODES'];
export const LANGUAGES: Language[] = ['EN', 'ES'];

/** The list with or without a value, in the order of all. */
export const toggled = <Value>(all: Value[], list: Value[], value: Value, on: boolean): Value[] =>
  all.filter((each) => (each === value ? on : list.includes(each)));

/** The settings, unless the viewer was refused any. */
export function settingsOf(institution: InstitutionSettingsFragment | null | undefined): Settings | undefined {
  return institution && institution.version !== null ? (institution as Settings) : undefined;
}

export const draftOf = (s: Settings): Draft => ({
  permittedMethods: s.permittedMethods,
  voipNumbersAllowed: s.voipNumbersAllowed,
  twoFactorRequired: s.twoFactorRequired,
  codeLifetimeSeconds: String(s.codeLifetimeSeconds),
  staffCodeLifetimeMinutes: String(s.staffCodeLifetimeMinutes),
  backupCodesPerSet: String(s.backupCodesPerSet),
  dailySends: String(s.dailySends),
  highRiskActsPerHour: String(s.highRiskActsPerHour),
  languages: s.languages,
  country: s.country,
  supportPhone: s.supportPhoneFormatted ?? '',
  products: s.products,
});

const differs = (a: Draft, b: Draft) => (field: Field) => JSON.stringify(a[field]) !== JSON.stringify(b[field]);

/** The fields in which two drafts differ. */
export const changed = (before: Draft, after: Draft): Field[] => (Object.keys(before) as Field[]).filter(differs(before, after));

/** Which risks a draft takes that nobody has accepted yet. */
export const newRisks = (s: Settings, draft: Draft): Accepted => ({
  email: draft.permittedMethods.includes('EMAIL') && !s.emailRisk,
  voip: draft.voipNumbersAllowed && !s.voipRisk,
});

/** The whole number that was typed, with or without its separators; NaN if it is none. */
export const whole = (typed: string): number => {
  const digits = typed.replace(/[\s,]/g, '');
  return /^\d{1,9}$/.test(digits) ? Number(digits) : NaN;
};

const limits = {
  codeLifetimeSeconds: { min: 60, max: 600, say: 'Give 60 to 600 seconds' },
  staffCodeLifetimeMinutes: { min: 10, max: 43_200, say: 'Give 10 to 43,200 minutes, which is 30 days' },
  backupCodesPerSet: { min: 1, max: 10, say: 'Give 1 to 10 backup codes' },
  dailySends: { min: 1, max: 1_000_000, say: 'Give 1 to 1,000,000 texts and calls' },
  highRiskActsPerHour: { min: 1, max: 1000, say: 'Give 1 to 1,000 acts' },
};

const RISK = 'Accept the risk in your name, or leave this off';

/** What keeps a draft from being saved, as far as it shows here; the server has the last word. */
export function wrongWith(s: Settings, draft: Draft, accepted: Accepted): Wrong {
  const wrong: Wrong = {};
  if (!draft.permittedMethods.some((method) => method !== 'BACKUP_CODES')) {
    wrong.permittedMethods = 'Permit at least one method besides backup codes, which run out';
  }
  const risks = newRisks(s, draft);
  if (risks.email && !accepted.email) wrong.emailRisk = RISK;
  if (risks.voip && !accepted.voip) wrong.voipRisk = RISK;
  for (const [field, { min, max, say }] of Object.entries(limits) as [keyof typeof limits, (typeof limits)['dailySends']][]) {
    const number = whole(draft[field]);
    if (!(number >= min && number <= max)) wrong[field] = say;
  }
  if (draft.languages.length === 0) wrong.languages = 'Offer at least one language';
  return wrong;
}

/** What is sent: only what was changed, so that an answer names nothing else. */
export function inputOf(s: Settings, draft: Draft, fields: Field[]): UpdateInstitutionInput {
  const risks = newRisks(s, draft);
  const all: Omit<UpdateInstitutionInput, 'version' | 'acceptRisk'> = {
    permittedMethods: draft.permittedMethods,
    voipNumbersAllowed: draft.voipNumbersAllowed,
    twoFactorRequired: draft.twoFactorRequired,
    codeLifetimeSeconds: whole(draft.codeLifetimeSeconds),
    staffCodeLifetimeMinutes: whole(draft.staffCodeLifetimeMinutes),
    backupCodesPerSet: whole(draft.backupCodesPerSet),
    dailySends: whole(draft.dailySends),
    highRiskActsPerHour: whole(draft.highRiskActsPerHour),
    languages: draft.languages,
    country: draft.country.trim(),
    supportPhone: draft.supportPhone.trim() || null,
    products: draft.products,
  };
  return {
    version: s.version,
    ...(risks.email || risks.voip ? { acceptRisk: true } : {}),
    ...Object.fromEntries(fields.map((field) => [field, all[field]])),
  };
}

/** What would need attention that needs none yet, as settings would be. */
export const consequencesOf = (now: Settings, then: Settings): string[] =>
  then.settingsWarnings.filter((warning) => !now.settingsWarnings.includes(warning));

/** What came of putting a draft onto settings that were changed meanwhile. */
export interface Merged {
  draft: Draft;
  /** What only the other changed: it is taken over. */
  taken: Field[];
  /** What both changed, in different ways: the draft stands until somebody decides. */
  contested: Field[];
}

/** Puts what was typed onto settings that someone else has saved since. Nothing that was typed is lost. */
export function onto(base: Draft, draft: Draft, theirs: Draft): Merged {
  const mine = new Set(changed(base, draft));
  const byThem = changed(base, theirs);
  const taken = byThem.filter((field) => !mine.has(field));
  return {
    draft: { ...draft, ...Object.fromEntries(taken.map((field) => [field, theirs[field]])) },
    taken,
    contested: byThem.filter((field) => mine.has(field)).filter(differs(draft, theirs)),
  };
}

/** A setting as it is told in a sentence. */
export function told(draft: Draft, field: Field): string {
  const yes = (on: boolean) => (on ? 'on' : 'off');
  switch (field) {
    case 'permittedMethods':
      return draft.permittedMethods.map((method) => methods[method].label).join(', ');
    case 'languages':
      return draft.languages.map((language) => languages[language]).join(', ') || 'none';
    case 'products':
      return draft.products.map((product) => products[product].label).join(', ');
    case 'voipNumbersAllowed':
    case 'twoFactorRequired':
      return yes(draft[field]);
    case 'codeLifetimeSeconds':
      return spoken(whole(draft[field])) || draft[field];
    case 'staffCodeLifetimeMinutes':
      return spoken(whole(draft[field]) * 60) || draft[field];
    default:
      return draft[field] || 'none';
  }
}
