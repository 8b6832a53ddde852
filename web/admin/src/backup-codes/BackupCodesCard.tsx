import { FaultAlert, Icon, type Fault } from '@factordesk/shared';
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { BackupCodesCardFragment } from '../gql/graphql';
import { RevokeDialog } from './RevokeDialog';
import { SetState } from './SetState';

interface Props {
  user: BackupCodesCardFragment;
  /** Why `user.backupCodes` is missing, if it was refused. */
  fault?: Fault;
  onChanged(): void;
}

/** How a user's backup codes stand, and what may be done about them. */
export function BackupCodesCard({ user, fault, onChanged }: Props) {
  const [asking, setAsking] = useState(false);
  const [voided, setVoided] = useState<number>();
  const told = useRef<HTMLDivElement>(null);
  useEffect(() => told.current?.focus(), [voided]);

  return (
    <Paper component="section" className="panel" p="md" aria-labelledby="backup-codes">
      <Stack gap="md">
        <Title order={2} size="h5" id="backup-codes">
          Backup codes
        </Title>
        {voided !== undefined && (
          <Text size="sm" role="status" tabIndex={-1} ref={told}>
            {voided === 1 ? '1 code was revoked.' : `${voided} codes were revoked.`} The user is told.
          </Text>
        )}
        {fault ? <FaultAlert fault={fault} /> : <SetState set={user.backupCodes} />}
        <Acts user={user} onRevoke={() => setAsking(true)} />
      </Stack>
      {asking && (
        <RevokeDialog
          userId={user.id}
          onClose={() => setAsking(false)}
          onRevoked={(count) => {
            setAsking(false);
            setVoided(count);
            onChanged();
          }}
        />
      )}
    </Paper>
  );
}

/** Both acts, or why not. Revoking is left out where nothing is left to revoke. */
function Acts({ user, onRevoke }: { user: BackupCodesCardFragment; onRevoke(): void }) {
  const generate = user.viewerCan?.generateBackupCodes;
  const revoke = user.viewerCan?.revokeBackupCodes;
  const reasons = [generate?.reason, revoke?.reason].filter((reason, place, all) => reason && all.indexOf(reason) === place);
  const left = user.backupCodes?.remaining ?? 0;
  const why = reasons.length > 0 ? `${user.id}-why-not` : undefined;
  return (
    <div>
      <Group gap="xs">
        {generate?.allowed ? (
          <Button
            size="xs"
            // While codes are left it is not what helps.
            variant={left > 0 ? 'default' : 'filled'}
            leftSection={<Icon name="key" size={14} />}
            renderRoot={(props) => <Link to="/users/$userId/backup-codes" params={{ userId: user.id }} {...props} />}
          >
            Generate Backup Codes
          </Button>
        ) : (
          <Button size="xs" disabled aria-describedby={why}>
            Generate Backup Codes
          </Button>
        )}
        {left > 0 && (
          <Button size="xs" variant="default" onClick={onRevoke} disabled={!revoke?.allowed} aria-describedby={revoke?.allowed ? undefined : why}>
            Revoke
          </Button>
        )}
      </Group>
      {generate?.allowed && left > 0 && (
        <Text size="sm" c="dimmed" mt={8}>
          New codes would void {left === 1 ? 'the one that is left' : `the ${left} that are left`}.
        </Text>
      )}
      {why && (
        <Text size="sm" c="dimmed" mt={8} id={why}>
          {reasons.join(' ')}
        </Text>
      )}
    </div>
  );
}
