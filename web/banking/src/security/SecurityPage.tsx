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
import { Skeleton, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { SecurityDocument } from '../gql/graphql';
import { useWords } from '../words/Words';
import { Notices } from './Notices';

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
      <div className="page-body">
        {fault && <FaultAlert fault={fault} onRetry={read.reload} />}
        <Notices notices={mine?.notices ?? []} />
        <Section title={words.security.devices} lead={words.security.devicesLead}>
          {mine?.user.devices ? <Devices devices={mine.user.devices} /> : !fault && <Waiting rows={3} />}
          {mine?.user.devices && (
            <Link to="/add" className="row-link row-add">
              <Row icon="plus" title={words.addDevice.add} />
            </Link>
          )}
        </Section>
        <Section title={words.security.account}>
          {mine?.sessions ? (
            <ul className="plain-list rows">
              <li>
                <Link to="/backup-codes" className="row-link">
                  <Row icon="key" title={words.backupCodes.title} detail={words.backupCodes.hint} leads />
                </Link>
              </li>
              <li>
                <Link to="/password" className="row-link">
                  <Row icon="lock" title={words.password.row} detail={words.password.rowHint} leads />
                </Link>
              </li>
              <li>
                <Link to="/sessions" className="row-link">
                  <Row icon="users" title={words.security.sessions} detail={words.security.sessionCount(mine.sessions.length)} leads />
                </Link>
              </li>
            </ul>
          ) : (
            !fault && <Waiting rows={3} />
          )}
        </Section>
      </div>
    </>
  );
}

function Devices({ devices }: { devices: Device[] }) {
  const words = useWords();
  const { account } = words.shared;
  if (devices.length === 0) return <Text p="md">{words.security.noDevices}</Text>;
  return (
    <ul className="plain-list rows">
      {devices.map((device) => (
        <li key={device.id}>
          <Link to="/devices/$deviceId" params={{ deviceId: device.id }} className="row-link">
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
