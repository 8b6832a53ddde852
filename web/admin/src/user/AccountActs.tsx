import { type AccountActsUserFragment, CloseUserDocument, DisableUserDocument, EnableUserDocument, EndUserSessionsDocument } from '../gql/graphql';
import { AccountAct } from './AccountAct';

interface Props {
  user: AccountActsUserFragment;
  /** Says what was done. */
  onDone(said: string): void;
  onStale(): void;
}

/** What may be done to the account as a whole. To one that is closed, nothing. */
export function AccountActs({ user, onDone, onStale }: Props) {
  if (user.status === 'CLOSED') return null;
  const may = user.viewerCan;
  const act = { userId: user.id, onStale };
  return (
    <>
      <AccountAct
        {...act}
        document={EndUserSessionsDocument}
        icon="signOut"
        name="Sign out everywhere"
        may={may?.endSessions}
        title={`Sign ${user.firstName} out everywhere?`}
        label="Why are they signed out?"
        keep="Leave them signed in"
        effects={[
          `${user.firstName} is signed out in every browser at once, and so is anyone else who is signed in as them.`,
          'A sign-in that waits for a code, codes on their way and a link for a new password stop working. Backup codes stay.',
          `${user.firstName} is told, and can sign in again.`,
        ]}
        onDone={() => onDone('Signed out everywhere. The user is told, if they were signed in.')}
      />
      {user.kind === 'CUSTOMER' && (
        <AccountAct
          {...act}
          document={CloseUserDocument}
          icon="cross"
          name="Close account"
          may={may?.close}
          title={`Close the account of ${user.firstName}?`}
          label="Why is it closed?"
          keep="Keep it open"
          danger
          effects={[
            `${user.firstName} is signed out everywhere at once and can’t sign in any more, whatever they type.`,
            'Backup codes, codes on their way and links in mails stop working.',
            'The history of messages and the audit log stay. The user is told.',
            <strong key="undone">This can’t be undone.</strong>,
          ]}
          onDone={() => onDone('The account is closed. The user is told.')}
        />
      )}
      {user.kind === 'STAFF' && !user.disabledAt && (
        <AccountAct
          {...act}
          document={DisableUserDocument}
          icon="lock"
          name="Disable account"
          may={may?.disable}
          title={`Disable the account of ${user.firstName}?`}
          label="Why is it disabled?"
          keep="Leave it enabled"
          danger
          effects={[
            `${user.firstName} is signed out everywhere at once and can’t sign in any more, whatever they type.`,
            'Backup codes, codes on their way and links in mails stop working.',
            'Roles, devices and the audit log stay: the account can be enabled again.',
          ]}
          onDone={() => onDone('The account is disabled: nobody can sign in to it.')}
        />
      )}
      {user.kind === 'STAFF' && user.disabledAt && (
        <AccountAct
          {...act}
          document={EnableUserDocument}
          icon="undo"
          name="Enable account"
          may={may?.enable}
          title={`Enable the account of ${user.firstName}?`}
          label="Why is it enabled?"
          keep="Leave it disabled"
          effects={[
            `${user.firstName} can sign in at once, with the password, the devices and the roles from before. Backup codes stay void.`,
            'Look at the roles first: they may be for another job.',
          ]}
          onDone={() => onDone('The account is enabled: the user can sign in as before.')}
        />
      )}
    </>
  );
}
