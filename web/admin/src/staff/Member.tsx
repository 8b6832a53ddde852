import { Copyable, StatusMark, When } from '@factordesk/shared';
import { Anchor, Group, Stack, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { GivenRoleFragment, StaffMemberFragment } from '../gql/graphql';
import { useHolds } from '../session/useHolds';
import { AccountActs } from '../user/AccountActs';
import card from '../user/DeviceCard.module.css';
import { DoneAlert } from '../user/DoneAlert';
import page from '../user/UserPage.module.css';
import { fullName } from '../user/words';
import { AccessForm } from './AccessForm';
import type { Giver } from './fixed';
import type { Invited } from './invite';
import { byWhat, factorsInWords, levelWords, stateWords } from './words';

interface Props {
  member: StaffMemberFragment;
  grantable: GivenRoleFragment[];
  viewer: Giver;
  /** It may stand otherwise than shown. */
  onChanged(): void;
}

/** Who it is, the account's ends, and what they may do. */
export function Member({ member, grantable, viewer, onChanged }: Props) {
  const [done, setDone] = useState<string>();
  const say = (said: string) => {
    setDone(said);
    onChanged();
  };
  return (
    <Stack gap="md" maw={820}>
      <Identity member={member} />
      {done && <DoneAlert key={done}>{done}</DoneAlert>}
      <section className={`panel ${card.card}`} aria-labelledby="account">
        <div className={card.head}>
          <div className={card.what}>
            <Title order={2} size="h4" id="account">
              Account
            </Title>
          </div>
          <AccountActs user={member} onDone={say} onStale={onChanged} />
        </div>
      </section>
      <AccessForm member={member} grantable={grantable} viewer={viewer} onSaved={say} onTouched={() => setDone(undefined)} />
    </Stack>
  );
}

function Identity({ member }: { member: StaffMemberFragment }) {
  const state = stateWords(member);
  const access = member.staffAccess;
  const mayView = useHolds('VIEW_USERS');
  return (
    <header>
      <Group gap="sm" align="baseline">
        <Title order={1} size="h2">
          {fullName(member)}
        </Title>
        <StatusMark tone={state.tone}>{state.words}</StatusMark>
      </Group>
      <dl className={page.facts}>
        <Fact name="Email">
          <Copyable value={member.email} label="email address" />
        </Fact>
        <Fact name="Level">{levelWords(member.adminLevel)}</Fact>
        <Fact name="Last sign-in">
          {member.lastSignedInAt ? (
            <>
              <When at={member.lastSignedInAt} /> {byWhat(access?.lastSignedInBy ?? null)}
            </>
          ) : (
            'None on record'
          )}
        </Fact>
        {member.invitedUntil && (
          <Fact name="Invited until">
            <When at={member.invitedUntil} />
          </Fact>
        )}
        <Fact name="Factors">{factorsInWords(access?.factors ?? [])}</Fact>
      </dl>
      {member.status === 'REGISTERED' && !member.disabledAt && (
        <Anchor size="sm" renderRoot={(props) => <Link to="/settings/staff/invite" state={{ invited: again(member) }} {...props} />}>
          Invite {member.firstName} again
        </Anchor>
      )}
      {mayView && (
        <Anchor size="sm" renderRoot={(props) => <Link to="/users/$userId" params={{ userId: member.id }} {...props} />}>
          Devices, sessions and history
        </Anchor>
      )}
    </header>
  );
}

/** What was said of somebody when they were invited. */
const again = ({ email, firstName, lastName, adminLevel, staffAccess }: StaffMemberFragment): Invited => ({
  email,
  firstName,
  lastName,
  adminLevel,
  roleIds: staffAccess?.roles.map(({ id }) => id) ?? [],
});

const Fact = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
