import { detailOf, DeviceMark, iconOf, nameOf, Row, useWords, type Device } from '@factordesk/shared';
import accountClasses from '@factordesk/shared/account.module.css';
import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';

/** The viewer's own devices, each with the way to its page. */
export function Ways({ devices }: { devices: Device[] }) {
  const { account } = useWords();
  if (devices.length === 0) return <Text p="md">You have none. Add one now: without it you can’t sign in again.</Text>;
  return (
    <ul className={`plain-list ${accountClasses.rows}`}>
      {devices.map((device) => (
        <li key={device.id}>
          <Link to="/account/devices/$deviceId" params={{ deviceId: device.id }} className={accountClasses.rowLink}>
            <Row icon={iconOf(device)} title={nameOf(device, account)} detail={detailOf(device, account)} mark={<DeviceMark device={device} />} leads />
          </Link>
        </li>
      ))}
    </ul>
  );
}
