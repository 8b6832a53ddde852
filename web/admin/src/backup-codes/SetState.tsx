import { Icon, StatusMark, When, type IconName } from '@factordesk/shared';
import { Text, VisuallyHidden } from '@mantine/core';
import type { BackupCodeSetFragment, BackupCodeStatus } from '../gql/graphql';
import classes from './SetState.module.css';
import { lastUsed, standing, tally } from './standing';
import { purposes, statuses } from './words';

const shapes: Record<BackupCodeStatus, IconName> = { UNUSED: 'key', USED: 'check', VOIDED: 'cross', EXPIRED: 'clock' };

/** What became of the newest set of codes, without their values; null says that none was ever made. */
export function SetState({ set }: { set: BackupCodeSetFragment | null | undefined }) {
  if (!set)
    return (
      <div>
        <StatusMark tone="neutral">None were ever made</StatusMark>
        <Text size="sm" c="dimmed" mt={4}>
          For a user who is locked out, or who enrols and can’t get codes by phone.
        </Text>
      </div>
    );
  const { tone, words } = standing(set);
  const used = lastUsed(set);
  return (
    <div>
      <StatusMark tone={tone}>{words}</StatusMark>
      <ol className={classes.codes}>
        {set.codes.map(({ status }, place) => (
          <li key={place} data-status={status}>
            <Icon name={shapes[status]} size={16} />
            <VisuallyHidden>{statuses[status]}</VisuallyHidden>
          </li>
        ))}
      </ol>
      <dl className={classes.facts}>
        <dt>Codes</dt>
        <dd>{tally(set)}</dd>
        <dt>Made</dt>
        <dd>
          <When at={set.generatedAt} />
        </dd>
        <dt>{set.remaining > 0 ? 'Stop working' : 'Would have ended'}</dt>
        <dd>{set.expiresAt ? <When at={set.expiresAt} /> : 'Never'}</dd>
        {set.purpose && (
          <>
            <dt>For</dt>
            <dd>{purposes[set.purpose].label}</dd>
          </>
        )}
        {used && (
          <>
            <dt>Last used</dt>
            <dd>
              <When at={used} />
            </dd>
          </>
        )}
      </dl>
    </div>
  );
}
