import { Dialog, FaultAlert, useAct, type Fault } from '@factordesk/shared';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { SaveSmsProviderDocument, type ShownProviderFragment } from '../gql/graphql';
import { NothingSends } from './NothingSends';
import { useNewest } from './useNewest';

interface Props {
  provider: ShownProviderFragment;
  onSay(words: string, fault?: Fault): void;
  onStale(): void;
}

/** Switches a provider on or off. Where nothing could be sent any more that is said first. */
export function Switch({ provider: p, onSay, onStale }: Props) {
  const { act, busy } = useAct(SaveSmsProviderDocument);
  const newest = useNewest();
  const [asking, setAsking] = useState(false);
  const [fault, setFault] = useState<Fault>();

  const refused = async (fault: Fault | undefined) => {
    if (fault?.code === 'CONFLICT' && !asking && (await newest(p.id))?.version === p.version) return setAsking(true); // it is the only one
    if (asking) return setFault(fault);
    onStale();
    onSay('', fault);
  };
  const save = async (acceptNoProvider?: boolean) => {
    setFault(undefined);
    const { data, fault } = await act({ input: { providerId: p.id, version: p.version, enabled: !p.enabled, acceptNoProvider } });
    if (!data?.saveSmsProvider) return refused(fault);
    setAsking(false);
    onSay(`“${p.name}” is switched ${data.saveSmsProvider.provider.enabled ? 'on' : 'off'}.`);
  };
  const word = p.enabled ? 'Switch off' : 'Switch on';
  return (
    <>
      <Button size="xs" variant="default" loading={busy} onClick={() => void save()} aria-label={`${word}: ${p.name}`}>
        {word}
      </Button>
      {asking && (
        <Dialog onClose={() => setAsking(false)} title="Switch off the only provider that sends?" centered>
          <Stack>
            <Text size="sm">Nothing is changed yet.</Text>
            <NothingSends />
            {fault && <FaultAlert fault={fault} focus />}
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
                Leave it on
              </Button>
              <Button color="red" loading={busy} onClick={() => void save(true)}>
                Switch it off anyway
              </Button>
            </Group>
          </Stack>
        </Dialog>
      )}
    </>
  );
}
