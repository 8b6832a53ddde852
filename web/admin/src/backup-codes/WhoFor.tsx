import { Copyable, Icon, StatusMark, When } from '@factordesk/shared';
import { Badge, Group, Text, Title } from '@mantine/core';
import type { BackupCodesUserQuery } from '../gql/graphql';
import classes from './BackupCodes.module.css';

export type Target = NonNullable<BackupCodesUserQuery['user']>;
type Device = NonNullable<Target['devices']>[number];
type Phone = Extract<Device, { __typename: 'PhoneDevice' }>;

const isPhone = (device: Device): device is Phone => device.__typename === 'PhoneDevice';

export const nameOf = ({ firstName, lastName }: Target): string => `${firstName} ${lastName}`;

/** For whom codes are made, and the numbers on file to call back. */
export function WhoFor({ user }: { user: Target }) {
  const phones = user.devices?.filter(isPhone);
  return (
    <section className={`panel ${classes.who}`} aria-labelledby="who-for">
      <Group gap="xs">
        <Title order={2} size="h4" id="who-for">
          {nameOf(user)}
        </Title>
        <Badge variant="default" radius="sm" tt="none">
          {user.kind === 'STAFF' ? 'Staff' : 'Customer'}
        </Badge>
      </Group>
      <Copyable value={user.email} label={user.email}>
        <Text component="span" size="sm" className={classes.wrap}>
          {user.email}
        </Text>
      </Copyable>
      <Title order={3} size="h6" mt="md">
        Numbers on file to call back
      </Title>
      {phones?.map((phone) => (
        <PhoneLine key={phone.id} phone={phone} />
      ))}
      {phones?.length === 0 && <Text size="sm">None. Make sure of the person in another way.</Text>}
      {!phones && <Text size="sm">They can’t be shown now. Make sure of the person in another way.</Text>}
      <Text size="sm" c="dimmed" mt="xs">
        Call back only a number that stands here, never one that the caller gives you. Take care with one that was added
        lately or never confirmed.
      </Text>
    </section>
  );
}

function PhoneMark({ phone }: { phone: Phone }) {
  if (phone.suspendedAt) return <StatusMark tone="bad">Suspended: it may be a thief’s, don’t call it</StatusMark>;
  if (!phone.confirmedAt) return <StatusMark tone="warn">Never confirmed</StatusMark>;
  return <StatusMark tone="good">Confirmed</StatusMark>;
}

function PhoneLine({ phone }: { phone: Phone }) {
  const number = phone.formatted;
  return (
    <div className={classes.phone}>
      <Copyable value={phone.phoneNumber} label={number}>
        <span className={classes.number}>{number}</span>
      </Copyable>
      <PhoneMark phone={phone} />
      <Text component="span" size="sm" c="dimmed">
        <Icon name="clock" size={14} /> added <When at={phone.addedAt} precision="day" />
      </Text>
    </div>
  );
}
