import { Paper, Stack, Text, Title } from '@mantine/core';
import type { NotificationHistoryUserFragment } from '../gql/graphql';
import { History } from './History';
import { HistoryForm } from './HistoryForm';
import styles from './History.module.css';
import { useHistory } from './useHistory';

/**
 * The texts to a user's numbers, and to any other number, read when staff say so. Then our own log knows more than
 * before, and so does what is said of the user.
 */
export function NotificationHistory({ user, onRead }: { user: NotificationHistoryUserFragment; onRead(): void }) {
  const { reading, fetch, refresh, fetchOlder } = useHistory(user.id, onRead);
  const may = user.viewerCan?.notificationHistory;
  const refused = may?.allowed ? undefined : (may?.reason ?? 'What you may do could not be read. Load the page again.');
  const numbers = (user.devices ?? []).flatMap((d) => (d.__typename === 'PhoneDevice' ? [d] : []));

  return (
    <Paper component="section" className={`panel ${styles.section}`} p="md" aria-labelledby="history-title">
      <Stack gap="md">
        <div>
          <Title order={2} size="h4" id="history-title">
            Notification history
          </Title>
          <Text size="sm" c="dimmed">
            Texts only: calls are never listed here. Each look is recorded and asks Twilio, so nothing is read until you ask.
          </Text>
        </div>
        <HistoryForm numbers={numbers} refused={refused} reading={reading} onFetch={fetch} />
        {reading ? (
          <History reading={reading} onRefresh={() => refresh(reading)} onOlder={() => fetchOlder(reading)} />
        ) : (
          <Text size="sm" c="dimmed" className={styles.blank}>
            Not fetched yet. Whether any texts were sent is not known here before you fetch them.
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
