import { useAct, type Fault } from '@factordesk/shared';
import { Button, Text } from '@mantine/core';
import { useId } from 'react';
import { SendProviderTestDocument, type OwnDeviceFragment, type ShownProviderFragment } from '../gql/graphql';
import { ending, textable } from './words';

interface Props {
  provider: ShownProviderFragment;
  /** The viewer's own. */
  devices: readonly OwnDeviceFragment[];
  onSay(words: string, fault?: Fault): void;
}

/** Sends a text through a provider to the viewer's own phone. */
export function TestText({ provider: p, devices, onSay }: Props) {
  const { act, busy } = useAct(SendProviderTestDocument);
  const why = useId();
  const phone = textable(devices);
  const send = async (to: { id: string; lastFour: string }) => {
    const { data, fault } = await act({ input: { providerId: p.id, deviceId: to.id } });
    if (data?.sendProviderTest) return onSay(`A test text through “${p.name}” is on its way to your phone ${ending(to.lastFour)}.`);
    onSay('', fault);
  };
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={busy}
        disabled={!phone}
        onClick={() => phone && void send(phone)}
        aria-label={`Send a test text to my phone: ${p.name}`}
        aria-describedby={phone ? undefined : why}
      >
        Send a test text to my phone
      </Button>
      {!phone && (
        <Text size="sm" id={why}>
          No phone of yours gets texts, so no test text can be sent to you.
        </Text>
      )}
    </>
  );
}
