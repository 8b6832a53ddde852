import { StatusMark, useAct } from '@factordesk/shared';
import { Text, Title } from '@mantine/core';
import { useState } from 'react';
import { UnfreezeUserDocument, type FrozenUserFragment } from '../gql/graphql';
import { ReasonDialog } from '../layout/ReasonDialog';
import { Act } from './Act';
import { FROZEN } from './attention';
import classes from './DeviceCard.module.css';

interface Props {
  user: FrozenUserFragment;
  onUnfrozen(): void;
}

/** What to do for a user who said that a change was not theirs, and the end of it. */
export function Frozen({ user, onUnfrozen }: Props) {
  const { act, busy } = useAct(UnfreezeUserDocument);
  const [open, setOpen] = useState(false);
  if (user.status !== 'FROZEN') return null;
  return (
    <section className={`panel ${classes.card} ${classes.frozen}`} id={FROZEN} tabIndex={-1} aria-labelledby={`${FROZEN}-title`}>
      <div className={classes.head}>
        <div className={classes.what}>
          <Title order={3} size="h5" id={`${FROZEN}-title`}>
            Account frozen by its owner
          </Title>
          <StatusMark tone="bad">Device changes are frozen</StatusMark>
        </div>
        <Act icon="lock" may={user.viewerCan?.unfreeze ?? { allowed: false, reason: null }} onClick={() => setOpen(true)}>
          Unfreeze
        </Act>
      </div>
      <ol className={classes.effects}>
        <li>Call them on a number that you know to be theirs, never on one that was added lately.</li>
        <li>Go through the suspended devices below with them: restore each that is theirs, reset each that is not.</li>
        <li>
          {user.passwordVoidedAt
            ? 'Their password works no longer. Have them ask for a new one where they sign in, then unfreeze the account.'
            : 'They have chosen a new password since. Unfreeze the account.'}
        </li>
      </ol>
      {open && (
        <ReasonDialog
          title="Unfreeze the account?"
          label="Why is it unfrozen?"
          keep="Leave it frozen"
          act="Unfreeze"
          busy={busy}
          onClose={() => setOpen(false)}
          onAct={async (reason) => {
            const { data, fault } = await act({ input: { userId: user.id, reason } });
            if (!data?.unfreezeUser) return fault;
            setOpen(false);
            onUnfrozen();
          }}
        >
          <Text size="sm">
            Devices can be added, changed and removed again at once, by whoever is signed in, and the user is told.{' '}
            <strong>Be sure that every device below is theirs.</strong>
          </Text>
        </ReasonDialog>
      )}
    </section>
  );
}
