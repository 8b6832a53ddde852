import { FaultNotice, useRead, useSession, useTitle } from '@factordesk/shared';
import { Skeleton, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { DeviceMark } from '../devices/DeviceMark';
import { detailOf, iconOf, nameOf, type Device } from '../devices/naming';
import { SecurityDocument } from '../gql/graphql';
import { Row } from '../layout/Row';
import { Section } from '../layout/Section';
import { useWords } from '../words/Words';

/** The first page: how the viewer signs in, and where they are signed in. */
export function SecurityPage() {
  const words = useWords();
  const { viewer } = useSession();
  const read = useRead(SecurityDocument, {});
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
        {fault && <FaultNotice fault={fault} onRetry={read.reload} />}
        <Section title={words.security.devices} lead={words.security.devicesLead}>
          {mine?.user.devices ? <Devices devices={mine.user.devices} /> : !fault && <Waiting rows={2} />}
        </Section>
        <Section title={words.security.account}>
          {mine?.sessions ? (
            <Link to="/sessions" className="row-link">
              <Row icon="bank" title={words.security.sessions} detail={words.security.sessionCount(mine.sessions.length)} leads />
            </Link>
          ) : (
            !fault && <Waiting rows={1} />
          )}
        </Section>
      </div>
    </>
  );
}

function Devices({ devices }: { devices: Device[] }) {
  const words = useWords();
  if (devices.length === 0) return <Text p="md">{words.security.noDevices}</Text>;
  return (
    <ul className="plain-list rows">
      {devices.map((device) => (
        <li key={device.id}>
          <Link to="/devices/$deviceId" params={{ deviceId: device.id }} className="row-link">
            <Row icon={iconOf(device)} title={nameOf(device, words)} detail={detailOf(device, words)} mark={<DeviceMark device={device} />} leads />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Waiting({ rows }: { rows: number }) {
  return Array.from({ length: rows }, (_, i) => <Skeleton key={i} h={72} radius={0} />);
}
