import { FaultAlert, Icon, useRead, useTitle, type Fault } from '@factordesk/shared';
import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { SmsProvidersDocument } from '../gql/graphql';
import { sending } from './draft';
import { ProviderCard } from './ProviderCard';
import { ProviderForm } from './ProviderForm';
import classes from './Providers.module.css';

/** By which accounts the institution texts and calls, how each stands, and what may be done about it. */
export function ProvidersPage() {
  useTitle('SMS providers');
  const { edit } = useSearch({ from: '/settings/providers' });
  const navigate = useNavigate({ from: '/settings/providers' });
  const read = useRead(SmsProvidersDocument, {}, { policy: 'network-only', context: anyProvider });
  const [done, setDone] = useState('');
  const [failed, setFailed] = useState<Fault>();
  const told = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (done) told.current?.focus();
  }, [done]);

  // A read that fails must not take the form away with what is typed in it.
  const latest = read.data?.institution?.smsProviders;
  const [all, setAll] = useState(latest);
  if (latest && latest !== all) setAll(latest);
  const edited = all?.find((p) => p.id === edit);
  // Who changed a token is left out for who may not see users.
  const fault = read.faults.find((f) => !f.path.endsWith('tokenChangedBy'));
  const say = (words: string, fault?: Fault) => {
    setDone(words);
    setFailed(fault);
  };
  const open = (edit?: string) => {
    say('');
    void navigate({ search: edit ? { edit } : {}, ignoreBlocker: true });
  };

  if (all && (edited || edit === 'new'))
    return (
      <ProviderForm
        key={edit}
        first={edited}
        all={all}
        onClose={() => void navigate({ search: {} })}
        onSaved={(words) => {
          open();
          setDone(words);
        }}
      />
    );
  return (
    <Stack gap="md" className={classes.page}>
      <Group justify="space-between" align="flex-end">
        <div className={classes.about}>
          <Title order={1} size="h2">
            SMS providers
          </Title>
          <Text c="dimmed" size="sm">
            The accounts at Twilio through which texts and calls go out. Of those that are switched on, the one with the lowest priority sends. Twilio
            is asked every few minutes how each stands.
          </Text>
        </div>
        {all && (
          <Button size="xs" leftSection={<Icon name="plus" size={16} />} onClick={() => open('new')}>
            Add a provider
          </Button>
        )}
      </Group>
      {done && (
        <Text size="sm" role="status" tabIndex={-1} ref={told}>
          {done}
        </Text>
      )}
      {failed && <FaultAlert fault={failed} focus />}
      {fault && <FaultAlert fault={fault} onRetry={fault.code === 'FORBIDDEN' ? undefined : read.reload} />}
      {read.loading && <Skeleton h={320} role="status" aria-label="Loading the providers" />}
      {edit && all && (
        <Text size="sm" role="status">
          The provider that you wanted to edit is not there; it may have been removed.
        </Text>
      )}
      {all?.length === 0 && (
        <Text size="sm" className={classes.blank}>
          There is no SMS provider, so no code leaves by text or call. Add the first one: you need its account SID, its auth token and a number of the account.
        </Text>
      )}
      {all && all.length > 0 && (
        <ul className={classes.list} aria-busy={read.refreshing}>
          {all.map((p) => (
            <ProviderCard
              key={p.id}
              provider={p}
              sends={sending(all)?.id === p.id}
              devices={read.data?.viewer?.user.devices ?? []}
              onEdit={() => open(p.id)}
              onSay={say}
              onStale={read.reload}
            />
          ))}
        </ul>
      )}
    </Stack>
  );
}

/** The list is read again after an act on any provider, also while it is empty. */
const anyProvider = { additionalTypenames: ['SmsProvider'] };
