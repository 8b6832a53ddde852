import { FaultAlert, Icon, useSession, When } from '@factordesk/shared';
import { Alert, Button, Group, Loader, Skeleton, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { useEffect, useRef } from 'react';
import styles from './History.module.css';
import { HistoryTable } from './HistoryTable';
import type { Reading, Target } from './reading';

interface Props {
  reading: Reading;
  onRefresh(): void;
  onOlder(): void;
}

/** What was read: each state looks and reads like itself, so that none is taken for "no texts". */
export function History({ reading, onRefresh, onOlder }: Props) {
  const { target, busy, history, fault } = reading;
  const { whose, none } = useWhose(target, history?.numbers[0]);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [target]);

  const wrongNumber = fault?.fault.field === 'phoneNumber';
  return (
    <Stack gap="sm" aria-busy={Boolean(busy)}>
      <Group justify="space-between" gap="xs" mih={36}>
        <Title order={3} size="h5" ref={heading} tabIndex={-1} className={styles.heading}>
          Texts {whose}
        </Title>
        {history && !history.unavailableReason && (
          <Group gap="sm">
            <Text size="sm" c="dimmed" component="div">
              {history.asOf ? (
                <>
                  As of <When at={history.asOf} precision="second" />
                </>
              ) : (
                'Never brought up to date with Twilio'
              )}
            </Text>
            <Waiting busy={busy === 'again'} icon="refresh" onClick={onRefresh}>
              Refresh
            </Waiting>
          </Group>
        )}
      </Group>
      <VisuallyHidden role="status">{announcement(reading)}</VisuallyHidden>

      {fault?.asked === 'first' && !wrongNumber && <FaultAlert fault={fault.fault} onRetry={onRefresh} focus />}
      {wrongNumber && <Text size="sm">Nothing was looked up: this is not a phone number.</Text>}
      {busy === 'first' && <Skeletons />}
      {history && <Answer whose={whose} none={none} history={history} onRefresh={onRefresh} />}
      {history && fault?.asked === 'older' && <FaultAlert fault={fault.fault} onRetry={onOlder} focus />}
      {history && <Older history={history} busy={busy === 'older'} onOlder={onOlder} />}
    </Stack>
  );
}

/** Whose texts they are, as the server understood the number once it has answered, and what is said if there are none. */
function useWhose(target: Target, understood?: string): { whose: string; none: string } {
  const { name } = useSession().viewer.institution;
  if (target.from === 'anywhere') {
    const number = understood ?? target.number;
    return { whose: `that ${name} sent to ${number}`, none: `${name} sent no texts to ${number}.` };
  }
  const whose = target.number ? `to ${understood ?? target.number}` : 'to all numbers of this profile';
  return { whose, none: `No texts were sent ${target.number ? whose : 'to the numbers of this profile'}.` };
}

function announcement({ busy, history, fault }: Reading): string {
  if (busy) return 'Loading';
  if (fault || !history || history.unavailableReason) return '';
  return history.rows.length === 1 ? '1 text shown' : `${history.rows.length} texts shown`;
}

interface AnswerProps {
  whose: string;
  none: string;
  history: NonNullable<Reading['history']>;
  onRefresh(): void;
}

function Answer({ whose, none, history, onRefresh }: AnswerProps) {
  if (history.unavailableReason)
    return (
      <Alert color="violet" variant="light" icon={<Icon name="info" />} title="Not available in this environment">
        <Text size="sm">
          {history.unavailableReason === 'UNAVAILABLE_IN_UAT'
            ? 'In UAT no texts are sent: codes go by mail. There is no history to read here, which is not the same as an empty one.'
            : `There is no history to read here (${history.unavailableReason}), which is not the same as an empty one.`}
        </Text>
      </Alert>
    );
  return (
    <>
      {history.staleReason && (
        <Alert color="yellow" variant="light" role="alert" icon={<Icon name="alert" />} title="May be out of date">
          <Text size="sm">{history.staleReason} Newer texts and statuses may be missing.</Text>
          <Button size="xs" variant="default" mt="xs" onClick={onRefresh}>
            Try again
          </Button>
        </Alert>
      )}
      {history.rows.length > 0 ? (
        <HistoryTable rows={history.rows} caption={`Texts ${whose}, newest first`} />
      ) : (
        <Text size="sm" className={styles.blank}>
          {history.staleReason ? `The log has no texts ${whose}; Twilio may have some.` : none} Calls are never listed here.
        </Text>
      )}
      {history.olderStaleReason && (
        <Alert color="yellow" variant="light" role="alert" icon={<Icon name="alert" />} title="Older texts may be missing">
          <Text size="sm">{history.olderStaleReason}</Text>
        </Alert>
      )}
    </>
  );
}

/** Keeps the focus: on the button while there is more, on what stands in its place when there is none. */
function Older({ history, busy, onOlder }: { history: NonNullable<Reading['history']>; busy: boolean; onOlder(): void }) {
  const end = useRef<HTMLParagraphElement>(null);
  const pressed = useRef(false);
  useEffect(() => {
    if (pressed.current && !history.hasOlder) end.current?.focus();
  }, [history.hasOlder]);

  if (history.rows.length === 0) return null;
  if (!history.hasOlder)
    return (
      <Text size="sm" c="dimmed" ta="center" ref={end} tabIndex={-1}>
        No older texts are known.
      </Text>
    );
  return (
    <Group justify="center">
      <Waiting
        busy={busy}
        onClick={() => {
          pressed.current = true;
          onOlder();
        }}
      >
        Older messages
      </Waiting>
    </Group>
  );
}

/** A button that keeps its place and the focus while what it asked for is on its way. */
function Waiting({ busy, icon, onClick, children }: { busy: boolean; icon?: 'refresh'; onClick(): void; children: string }) {
  return (
    <Button
      size="xs"
      variant="default"
      aria-disabled={busy}
      onClick={() => !busy && onClick()}
      leftSection={busy ? <Loader size={14} /> : icon && <Icon name={icon} size={16} />}
    >
      {children}
    </Button>
  );
}

const Skeletons = () => (
  <Stack gap="xs">
    {Array.from({ length: 6 }, (_, i) => (
      <Skeleton key={i} height={44} />
    ))}
  </Stack>
);
