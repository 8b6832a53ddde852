import type { CommunicationMethod, NumberType, PhoneFragment } from '../gql/graphql';
import { methodOf, methodWords, typeInSentence } from './words';

/** What staff may choose: a type, or whatever was detected. */
export type Choice = NumberType | 'DETECTED';

export interface ChoiceWords {
  choice: Choice;
  title: string;
  /** What the recipient will probably see and hear: the server says the same of a phone, and a test of it holds the two together. */
  meaning: string;
}

const spoken = 'A voice says the institution’s name, then the code, digit by digit.';
const carriers = 'Carriers decide what is displayed.';

const types: ChoiceWords[] = [
  {
    choice: 'MOBILE',
    title: 'Text message',
    meaning: 'The text begins with the institution’s name and holds the code. It comes from the institution’s number.',
  },
  {
    choice: 'LANDLINE',
    title: 'Phone call (landline)',
    meaning: `${spoken} The display should show the institution’s name where that is registered, else its number and city. ${carriers}`,
  },
  {
    choice: 'VOIP',
    title: 'Phone call (internet phone)',
    meaning: `${spoken} The display usually shows the institution’s number and city, not its name. ${carriers}`,
  },
];

/** What may be chosen for a phone. Returning to the detected type is offered where staff set another. */
export function choices(phone: Pick<PhoneFragment, 'detectedNumberType' | 'numberTypeOverride'>): ChoiceWords[] {
  if (!phone.numberTypeOverride) return types;
  const detected = phone.detectedNumberType;
  const method = methodWords[methodOf(detected ?? 'MOBILE')];
  return [
    ...types,
    {
      choice: 'DETECTED',
      title: 'Return to detected type',
      meaning: detected
        ? `It was detected as ${typeInSentence(detected)}: codes go by ${method}.`
        : `Nothing was detected: codes go by ${method}.`,
    },
  ];
}

/** What an undo puts back. */
export const before = (phone: Pick<PhoneFragment, 'numberTypeOverride'>): Choice => phone.numberTypeOverride?.numberType ?? 'DETECTED';

const MAX_REASON = 500;

/** The reason of an undo, cut to what a reason may hold. */
export const undoReason = (reason: string): string => [...`Undid: ${reason.trim()}`].slice(0, MAX_REASON).join('');

/** What to say once a change is saved. */
export const savedWords = (phone: { formatted: string; communicationMethod: CommunicationMethod }): string =>
  `Codes to ${phone.formatted} now go by ${methodWords[phone.communicationMethod]}, from the next code on.`;
