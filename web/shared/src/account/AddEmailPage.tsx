import { useAct } from '../api/useAct';
import { AddEmailDocument } from '../gql/graphql';
import { useWords } from '../words/Words';
import { AddContact, type Added } from './AddContact';

export function AddEmailPage() {
  const words = useWords().account.addEmail;
  const { act } = useAct(AddEmailDocument);
  const add = async (address: string, label: string): Promise<Added> => {
    const { data, fault } = await act({ input: { address: address.trim(), label } });
    const sent = data?.addEmailDevice;
    return { fault, sent: sent && { ...sent, to: sent.device.address } };
  };
  return <AddContact words={words} field="address" input={{ type: 'email', autoComplete: 'email', inputMode: 'email' }} add={add} />;
}
