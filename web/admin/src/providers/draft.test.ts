import { describe, expect, test } from 'vitest';
import type { ShownProviderFragment } from '../gql/graphql';
import { changed, draftOf, inputOf, onto, replaced, wrongWith } from './draft';

const provider = (change: Partial<ShownProviderFragment> = {}): ShownProviderFragment => ({
  __typename: 'SmsProvider',
  id: 'prv_1',
  name: 'Main',
  accountSid: '0001',
  tokenLastFour: 'oken',
  tokenChangedAt: null,
  tokenChangedBy: null,
  apiKeySid: null,
  senderFormatted: '+1 202-555-0190',
  messagingServiceSid: null,
  enabled: true,
  priority: 1,
  balanceThreshold: '10.00',
  version: 3,
  health: null,
  ...change,
});

describe('what is sent', () => {
  test('is what was changed, and the version that it was changed from', () => {
    const p = provider();
    const draft = { ...draftOf(p), authToken: ' fresh1234 ', priority: '2' };
    expect(inputOf(p, draft, changed(draftOf(p), draft))).toEqual({ providerId: 'prv_1', version: 3, authToken: 'fresh1234', priority: 2 });
  });

  test('takes away what was emptied, and the API key where it is to be forgotten', () => {
    const p = provider({ apiKeySid: '0009', messagingServiceSid: 'MG1' });
    const draft = { ...draftOf(p), messagingServiceSid: '', dropApiKey: true };
    expect(inputOf(p, draft, changed(draftOf(p), draft))).toEqual({ providerId: 'prv_1', version: 3, messagingServiceSid: '', apiKeySid: '' });
  });

  test('is all that was typed of one that is not there yet', () => {
    const draft = { ...draftOf(undefined, [provider()]), accountSid: 'AC1', authToken: 'fresh1234', sender: '202 555 0191' };
    expect(inputOf(undefined, draft, [])).toEqual({
      name: 'Twilio', accountSid: 'AC1', authToken: 'fresh1234', sender: '202 555 0191', priority: 2, balanceThreshold: '10.00',
    });
  });
});

test('a draft holds no secret that is stored', () => {
  expect(draftOf(provider({ apiKeySid: '0009' }))).toMatchObject({ accountSid: '', authToken: '', apiKeySid: '', apiKeySecret: '' });
});

test('what is wrong is said at its field', () => {
  expect(wrongWith({ ...draftOf(provider()), name: ' ', sender: '', priority: '0', balanceThreshold: 'much', apiKeySid: 'SK1' }, false)).toEqual({
    name: expect.any(String) as string,
    sender: expect.any(String) as string,
    priority: 'Give 1 to 100',
    balanceThreshold: 'Give an amount such as 10.00',
    apiKeySecret: expect.any(String) as string,
  });
  expect(Object.keys(wrongWith(draftOf(undefined), true))).toEqual(['accountSid', 'authToken', 'sender']);
  expect(wrongWith(draftOf(provider()), false)).toEqual({});
});

test('nothing that was typed is lost when someone else saves first', () => {
  const base = draftOf(provider());
  const merged = onto(base, { ...base, name: 'Mine', authToken: 'fresh1234' }, draftOf(provider({ name: 'Theirs', priority: 5 })));
  expect(merged.draft).toMatchObject({ name: 'Mine', authToken: 'fresh1234', priority: '5' });
  expect(merged).toMatchObject({ taken: ['priority'], contested: ['name'] });
});

test('one that would send in place of another is told', () => {
  const main = provider({ priority: 5 });
  const spare = provider({ id: 'prv_2', name: 'Spare', priority: 9 });
  expect(replaced([main, spare], spare, 4)?.name).toBe('Main');
  expect(replaced([main, spare], undefined, 4)?.name).toBe('Main');
  expect(replaced([main, spare], spare, 6)).toBeUndefined();
  expect(replaced([main, spare], main, 1)).toBeUndefined();
  expect(replaced([main, spare], { ...spare, enabled: false }, 1)).toBeUndefined();
});
