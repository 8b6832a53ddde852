import { useAct } from '@factordesk/shared';
import { Text } from '@mantine/core';
import { useState } from 'react';
import { RemoveSmsProviderDocument, type ShownProviderFragment } from '../gql/graphql';
import { ReasonDialog } from '../layout/ReasonDialog';
import { NothingSends } from './NothingSends';

interface Props {
  provider: ShownProviderFragment;
  onClose(): void;
  onDone(words: string): void;
}

/** Asks why a provider is taken away, and once more where nothing could be sent without it. */
export function RemoveProvider({ provider: p, onClose, onDone }: Props) {
  const { act, busy } = useAct(RemoveSmsProviderDocument);
  const [only, setOnly] = useState(false);
  return (
    <ReasonDialog
      title={`Remove “${p.name}”?`}
      label="Why is it removed?"
      keep="Keep it"
      act={only ? 'Remove it anyway' : 'Remove it'}
      danger
      busy={busy}
      onClose={onClose}
      onAct={async (reason) => {
        const { data, fault } = await act({ input: { providerId: p.id, reason, ...(only ? { acceptNoProvider: true } : {}) } });
        if (fault?.code === 'CONFLICT' && !only) return setOnly(true);
        if (!data?.removeSmsProvider) return fault;
        onClose();
        onDone(`“${p.name}” is removed.`);
      }}
    >
      <Text size="sm">
        Its token is forgotten, and nothing is sent through it any more. What was sent stays in the histories. To use the account again, add it anew.
      </Text>
      {only && <NothingSends />}
    </ReasonDialog>
  );
}
