import type { SaveSmsProviderInput, ShownProviderFragment } from '../gql/graphql';

/** A provider as the form holds it. What is write-only is empty until something is typed. */
export interface Draft {
  name: string;
  accountSid: string;
  authToken: string;
  apiKeySid: string;
  apiKeySecret: string;
  dropApiKey: boolean;
  sender: string;
  messagingServiceSid: string;
  priority: string;
  balanceThreshold: string;
}

export type Field = keyof Draft;
export type Wrong = Partial<Record<Field, string>>;

/** What the form begins with: a provider, or where none is given one that is to be added after those that are there. */
export const draftOf = (p: ShownProviderFragment | undefined, others: ShownProviderFragment[] = []): Draft => ({
  name: p?.name ?? 'Twilio',
  accountSid: '',
  authToken: '',
  apiKeySid: '',
  apiKeySecret: '',
  dropApiKey: false,
  sender: p?.senderFormatted ?? '',
  messagingServiceSid: p?.messagingServiceSid ?? '',
  priority: String(p?.priority ?? Math.min(100, Math.max(0, ...others.map((other) => other.priority)) + 1)),
  balanceThreshold: p?.balanceThreshold ?? '10.00',
});

/** The fields in which two drafts differ. */
export const changed = (before: Draft, after: Draft): Field[] => (Object.keys(before) as Field[]).filter((field) => before[field] !== after[field]);

/** What is wrong with a draft without asking anybody. `fresh` is for a provider that is not there yet. */
export function wrongWith(draft: Draft, fresh: boolean): Wrong {
  const wrong: Wrong = {};
  if (!draft.name.trim()) wrong.name = 'Give it a name';
  if (fresh && !draft.accountSid.trim()) wrong.accountSid = 'Give the account SID, as Twilio’s console shows it';
  if (fresh && !draft.authToken.trim()) wrong.authToken = 'Give the auth token, as Twilio’s console shows it';
  if (draft.apiKeySecret.trim() && !draft.apiKeySid.trim()) wrong.apiKeySid = 'Give the SID of the API key with its secret';
  if (draft.apiKeySid.trim() && !draft.apiKeySecret.trim()) wrong.apiKeySecret = 'Give the secret of the API key with its SID';
  if (!draft.sender.trim() && !draft.messagingServiceSid.trim()) wrong.sender = 'Give the number that sends, or a messaging service';
  if (!/^\d{1,3}$/.test(draft.priority.trim()) || Number(draft.priority) < 1 || Number(draft.priority) > 100) wrong.priority = 'Give 1 to 100';
  if (!/^\d{1,6}(\.\d{1,2})?$/.test(draft.balanceThreshold.trim())) wrong.balanceThreshold = 'Give an amount such as 10.00';
  return wrong;
}

/** What is sent: only what was changed; of a provider that is not there yet, all that was typed. */
export function inputOf(p: ShownProviderFragment | undefined, draft: Draft, fields: Field[]): SaveSmsProviderInput {
  const { dropApiKey, ...typed } = draft;
  const given = (Object.keys(typed) as (keyof typeof typed)[]).filter((field) => (p ? fields.includes(field) : typed[field].trim() !== ''));
  const input: Record<string, string> = Object.fromEntries(given.map((field) => [field, typed[field].trim()]));
  return {
    ...(p ? { providerId: p.id, version: p.version } : {}),
    ...input,
    ...(given.includes('priority') ? { priority: Number(typed.priority) } : {}),
    ...(dropApiKey ? { apiKeySid: '', apiKeySecret: undefined } : {}),
  };
}

/** A draft on what someone else has saved meanwhile. Nothing that was typed is lost. */
export interface Merged {
  draft: Draft;
  /** What only the other changed: it is taken over. */
  taken: Field[];
  /** What both changed, in different ways: what was typed goes over theirs. */
  contested: Field[];
}

/** Puts what was typed onto a provider that someone else has saved since. */
export function onto(base: Draft, draft: Draft, theirs: Draft): Merged {
  const mine = changed(base, draft);
  const byThem = changed(base, theirs);
  const taken = byThem.filter((field) => !mine.includes(field));
  return {
    draft: { ...draft, ...Object.fromEntries(taken.map((field) => [field, theirs[field]])) },
    taken,
    contested: byThem.filter((field) => mine.includes(field) && draft[field] !== theirs[field]),
  };
}

/** The provider that sends: the one of the lowest priority that is switched on. They come in that order. */
export const sending = (all: ShownProviderFragment[]): ShownProviderFragment | undefined => all.find((p) => p.enabled);

/** Whose place a provider would take with a priority; undefined where nothing would change. */
export function replaced(all: ShownProviderFragment[], p: ShownProviderFragment | undefined, priority: number): ShownProviderFragment | undefined {
  const now = sending(all);
  const on = p ? p.enabled : true;
  return now && on && now.id !== p?.id && priority < now.priority ? now : undefined;
}
