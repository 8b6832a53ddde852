import { describe, expect, test } from 'vitest';
import { spoken } from './duration';
import type { Draft, Settings } from './fields';
import { changed, consequencesOf, draftOf, inputOf, newRisks, onto, settingsOf, toggled, told, whole, wrongWith, METHODS } from './settings';

const settings: Settings = {
  __typename: 'Institution',
  id: 'i1',
  slug: 'harbor',
  name: 'Harbor Credit Union',
  version: 4,
  permittedMethods: ['SMS', 'VOICE', 'AUTHENTICATOR_APP'],
  emailRisk: null,
  voipNumbersAllowed: true,
  voipRisk: { __typename: 'RiskAcceptance', by: 'admin@harbor.example', at: '2026-01-01T00:00:00Z' },
  twoFactorRequired: true,
  codeLifetimeSeconds: 300,
  backupCodesPerSet: 10,
  staffCodeLifetimeMinutes: 1440,
  dailySends: 10_000,
  highRiskActsPerHour: 20,
  country: 'US',
  supportPhone: '+12025550199',
  supportPhoneFormatted: '+1 202-555-0199',
  languages: ['EN', 'ES'],
  products: ['FULL'],
  settingsWarnings: [],
};
const base = draftOf(settings);
const draft = (change: Partial<Draft>): Draft => ({ ...base, ...change });
const none = { email: false, voip: false };

test('settings that were refused are none', () => {
  expect(settingsOf(settings)).toBe(settings);
  expect(settingsOf({ ...settings, version: null })).toBeUndefined();
  expect(settingsOf(null)).toBeUndefined();
});

test('a list keeps its order, however it is ticked', () => {
  expect(toggled(METHODS, ['AUTHENTICATOR_APP'], 'SMS', true)).toEqual(['SMS', 'AUTHENTICATOR_APP']);
  expect(toggled(METHODS, ['SMS', 'VOICE'], 'SMS', false)).toEqual(['VOICE']);
  expect(changed(base, draft({ permittedMethods: toggled(METHODS, toggled(METHODS, base.permittedMethods, 'SMS', false), 'SMS', true) }))).toEqual([]);
});

describe('what is sent', () => {
  test('is the version and what was changed', () => {
    const typed = draft({ dailySends: '20,000', supportPhone: ' ' });
    const fields = changed(base, typed);
    expect(fields).toEqual(['dailySends', 'supportPhone']);
    expect(inputOf(settings, typed, fields)).toEqual({ version: 4, dailySends: 20_000, supportPhone: null });
  });
  test('is a number without what a person puts between its digits', () => {
    expect(inputOf(settings, draft({ supportPhone: '+1 (202) 555-0142' }), ['supportPhone'])).toEqual({ version: 4, supportPhone: '+1 (202) 555-0142' });
  });
  test('accepts a risk that is new, not one that stands', () => {
    expect(inputOf(settings, draft({ permittedMethods: ['EMAIL'] }), ['permittedMethods']).acceptRisk).toBe(true);
    expect(inputOf(settings, draft({ permittedMethods: ['SMS'] }), ['permittedMethods']).acceptRisk).toBeUndefined();
  });
});

describe('a risk', () => {
  test('that stands is not new', () => expect(newRisks(settings, base)).toEqual(none));
  test('has to be accepted for each method', () => {
    const both = draft({ permittedMethods: ['SMS', 'EMAIL'], voipNumbersAllowed: true });
    const fresh = { ...settings, voipRisk: null };
    expect(Object.keys(wrongWith(fresh, both, none))).toEqual(['emailRisk', 'voipRisk']);
    expect(Object.keys(wrongWith(fresh, both, { email: true, voip: false }))).toEqual(['voipRisk']);
    expect(wrongWith(fresh, both, { email: true, voip: true })).toEqual({});
  });
});

describe('wrong is', () => {
  test.each<[string, Partial<Draft>]>([
    ['permittedMethods', { permittedMethods: [] }],
    ['permittedMethods', { permittedMethods: ['BACKUP_CODES'] }],
    ['codeLifetimeSeconds', { codeLifetimeSeconds: '59' }],
    ['codeLifetimeSeconds', { codeLifetimeSeconds: '601' }],
    ['codeLifetimeSeconds', { codeLifetimeSeconds: '' }],
    ['codeLifetimeSeconds', { codeLifetimeSeconds: '-60' }],
    ['staffCodeLifetimeMinutes', { staffCodeLifetimeMinutes: '9' }],
    ['staffCodeLifetimeMinutes', { staffCodeLifetimeMinutes: '43201' }],
    ['backupCodesPerSet', { backupCodesPerSet: '0' }],
    ['backupCodesPerSet', { backupCodesPerSet: '2.5' }],
    ['dailySends', { dailySends: '1000001' }],
    ['highRiskActsPerHour', { highRiskActsPerHour: '0' }],
    ['highRiskActsPerHour', { highRiskActsPerHour: '1001' }],
    ['languages', { languages: [] }],
  ])('%s in %o', (field, change) => expect(Object.keys(wrongWith(settings, draft(change), none))).toEqual([field]));
  test('nothing at the limits', () => {
    for (const change of [{ codeLifetimeSeconds: '60', staffCodeLifetimeMinutes: '10' }, { codeLifetimeSeconds: '600', staffCodeLifetimeMinutes: '43200', dailySends: '1,000,000' }])
      expect(wrongWith(settings, draft(change), none)).toEqual({});
  });
});

test('numbers are read as they are written', () => {
  expect(whole(' 10 000 ')).toBe(10_000);
  for (const typed of ['', 'ten', '1.5', '-1', '1e3', '9999999999']) expect(whole(typed)).toBeNaN();
});

describe('what someone else saved meanwhile', () => {
  test('is taken where nothing was typed, and contested where both changed', () => {
    const typed = draft({ dailySends: '500', codeLifetimeSeconds: '120', backupCodesPerSet: '5' });
    const theirs = draft({ codeLifetimeSeconds: '240', backupCodesPerSet: '5', languages: ['ES'] });
    const merged = onto(base, typed, theirs);
    expect(merged.taken).toEqual(['languages']);
    expect(merged.contested).toEqual(['codeLifetimeSeconds']);
    expect(changed(theirs, merged.draft)).toEqual(['codeLifetimeSeconds', 'dailySends']);
    expect(merged.draft).toEqual({ ...typed, languages: ['ES'] });
  });
  test('may be what was typed here, which leaves nothing to save', () => {
    const typed = draft({ dailySends: '500' });
    expect(changed(typed, onto(base, typed, typed).draft)).toEqual([]);
  });
});

test('settings are told in words', () => {
  expect((Object.keys(base) as (keyof Draft)[]).map((field) => told(base, field))).toEqual([
    'Text message, Phone call, Authenticator app', 'on', 'on', '5 minutes', '1 day', '10', '10000', '20', 'English, Spanish', 'US', '+1 202-555-0199', 'Full',
  ]);
  expect(told(draft({ supportPhone: '' }), 'supportPhone')).toBe('none');
  expect(told(draft({ codeLifetimeSeconds: 'x' }), 'codeLifetimeSeconds')).toBe('x');
});

test.each([[60, '1 minute'], [90, '1 minute 30 seconds'], [86_400, '1 day'], [93_600, '1 day 2 hours'], [NaN, '']])('%d s is spoken as %s', (s, words) => {
  expect(spoken(s)).toBe(words);
});

test('what comes of a change is what it adds to the warnings', () => {
  const then = { ...settings, settingsWarnings: ['Old.', '3 customers and 1 of the staff can’t sign in.'] };
  expect(consequencesOf({ ...settings, settingsWarnings: ['Old.', 'Gone.'] }, then)).toEqual(['3 customers and 1 of the staff can’t sign in.']);
  expect(consequencesOf(then, then)).toEqual([]);
});
