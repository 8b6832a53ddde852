import { useAct } from '../api/useAct';
import { AddPhoneDocument } from '../gql/graphql';
import { useWords } from '../words/Words';
import { AddContact, type Added } from './AddContact';

export function AddPhonePage() {
  const words = useWords().account.addPhone;
  const { act } = useAct(AddPhoneDocument);
  const add = async (typed: string, label: string): Promise<Added> => {
    const { data, fault } = await act({ input: { phoneNumber: typed, label } });
    const sent = data?.addPhoneDevice;
    return {
      fault,
      wrong: fault?.field === 'phoneNumber' ? words.noNumber(fault.message) : undefined,
      sent: sent && { ...sent, to: sent.device.formatted },
    };
  };
  return <AddContact words={words} field="phoneNumber" input={{ type: 'tel', autoComplete: 'tel', inputMode: 'tel' }} add={add} />;
}
