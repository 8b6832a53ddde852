import { Copyable, StatusMark, When } from '@factordesk/shared';
import { Group, Text, Title } from '@mantine/core';
import type { UserIdentityFragment } from '../gql/graphql';
import classes from './UserPage.module.css';
import { disabled, fullName, kindWords, mailRefused, notProved, statusWords } from './words';

/** Who it is. */
export function Identity({ user }: { user: UserIdentityFragment }) {
  const status = statusWords[user.status];
  return (
    <header>
      <Group gap="sm" align="baseline">
        <Title order={1} size="h2">
          {fullName(user)}
        </Title>
        <Text size="sm" c="dimmed">
          {kindWords(user)}
        </Text>
        {!user.disabledAt && <StatusMark tone={status.tone}>{status.words}</StatusMark>}
        {user.disabledAt && (
          <>
            <StatusMark tone="bad">{disabled}</StatusMark>
            <Text span size="sm" c="dimmed">
              since <When at={user.disabledAt} />
            </Text>
          </>
        )}
      </Group>
      <dl className={classes.facts}>
        <div>
          <dt>Email</dt>
          <dd>
            <Copyable value={user.email} label="email address" />
            {!user.addressProvedAt && <StatusMark tone="warn">{notProved}</StatusMark>}
            {user.mailRefusedAt && (
              <>
                {' '}
                <StatusMark tone="bad">{mailRefused}</StatusMark>{' '}
                <Text span size="sm" c="dimmed">
                  since <When at={user.mailRefusedAt} />
                </Text>
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>ID</dt>
          <dd className="mono">
            <Copyable value={user.id} label="user ID" />
          </dd>
        </div>
        <div>
          <dt>Created</dt>
          <dd>
            <When at={user.createdAt} precision="day" />
          </dd>
        </div>
        {user.lastSignedInAt && (
          <div>
            <dt>Last sign-in</dt>
            <dd>
              <When at={user.lastSignedInAt} />
            </dd>
          </div>
        )}
      </dl>
    </header>
  );
}
