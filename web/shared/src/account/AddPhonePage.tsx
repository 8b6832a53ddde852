import { useAct } from '../api/useAct';
import { AddPhoneDocument } from '../gql/graphql';
import { useWords } from '../words/Words';
import { AddContact, type Added } from './AddContact';
import { toE164 } from './number';

export function AddPhonePage() {
  const words = useWords().account.addPhone;
  const { act } = useAct(AddPhoneDocument);
  const add = async (typed: string, label: string): Promise<Added> => {
    const phoneNumber = toE164(typed);
    if (!phoneNumber) return { wrong: words.noNumber };
    const { data, fault } = await act({ input: { phoneNumber, label } });
    return { fault, sent: data?.addPhoneDevice ?? undefined };
  };
  return <AddContact words={words} field="phoneNumber" input={{ type: 'tel', autoComplete: 'tel', inputMode: 'tel' }} add={add} />;
}
