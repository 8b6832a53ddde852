import {
  detailOf,
  DeviceMark,
  FaultAlert,
  iconOf,
  nameOf,
  Row,
  Section,
  useMine,
  useSession,
  useTitle,
  type Device,
} from '@factordesk/shared';
import accountClasses from '@factordesk/shared/account.module.css';
import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { SecurityDocument } from '../gql/graphql';
import { inLanguage } from '../language/Language';
import { useWords } from '../words/Words';
import { Notices } from './Notices';
import classes from './SecurityPage.module.css';

/** The first page: how the viewer signs in, and where they are signed in. */
export function SecurityPage() {
  const words = useWords();
  const { viewer } = useSession();
  const read = useMine(SecurityDocument, {});
  useTitle(words.security.title);
  const [fault] = read.faults;
  const mine = read.data?.viewer;

  return (
    <>
      <Title order={1} size="h2">
        {words.security.title}
      </Title>
      <Text c="dimmed" mt={4}>
        {viewer.user.firstName} {viewer.user.lastName} · {viewer.user.email}
      </Text>
      <Stack mt={20}>
        {fault && <FaultAlert fault={fault} onRetry={read.reload} />}
        <Notices notices={mine?.notices ?? []} />
        <Section title={words.security.devices} lead={words.security.devicesLead}>
          {mine?.user.devices ? <Devices devices={mine.user.devices} /> : !fault && <Waiting rows={3} />}
          {mine?.user.devices && (
            <div className={classes.add}>
              <Link to="/add" className={accountClasses.rowLink}>
                <Row icon="plus" title={words.addDevice.add} />
              </Link>
            </div>
          )}
        </Section>
        <Section title={words.security.account}>
          {mine?.sessions ? (
            <ul className={`plain-list ${accountClasses.rows}`}>
              <li>
                <Link to="/backup-codes" className={accountClasses.rowLink}>
                  <Row icon="key" title={words.backupCodes.title} detail={words.backupCodes.hint} leads />
                </Link>
              </li>
              <li>
                <Link to="/password" className={accountClasses.rowLink}>
                  <Row icon="lock" title={words.password.row} detail={words.password.rowHint} leads />
                </Link>
              </li>
              <li>
                <Link to="/language" className={accountClasses.rowLink}>
                  <Row icon="text" title={words.messages.title} detail={inLanguage[viewer.user.language].ownName} leads />
                </Link>
              </li>
              <li>
                <Link to="/sessions" className={accountClasses.rowLink}>
                  <Row icon="users" title={words.security.sessions} detail={words.security.sessionCount(mine.sessions.length)} leads />
                </Link>
              </li>
            </ul>
          ) : (
            !fault && <Waiting rows={3} />
          )}
        </Section>
      </Stack>
    </>
  );
}

function Devices({ devices }: { devices: Device[] }) {
  const words = useWords();
  const { account } = words.shared;
  if (devices.length === 0) return <Text p="md">{words.security.noDevices}</Text>;
  return (
    <ul className={`plain-list ${accountClasses.rows}`}>
      {devices.map((device) => (
        <li key={device.id}>
          <Link to="/devices/$deviceId" params={{ deviceId: device.id }} className={accountClasses.rowLink}>
            <Row icon={iconOf(device)} title={nameOf(device, account)} detail={detailOf(device, account)} mark={<DeviceMark device={device} />} leads />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Waiting({ rows }: { rows: number }) {
  return Array.from({ length: rows }, (_, i) => <Skeleton key={i} h={72} radius={0} />);
}
