import { StatusMark } from '../parts/StatusMark';
import { useWords } from '../words/Words';
import type { Device } from './naming';

/** How a device stands, where there is something to say. */
export function DeviceMark({ device }: { device: Device }) {
  const words = useWords().account.devices;
  if (device.suspendedAt) return <StatusMark tone="bad">{words.suspended}</StatusMark>;
  if (device.disabledAt) return <StatusMark tone="bad">{words.disabled}</StatusMark>;
  if (!device.confirmedAt) return <StatusMark tone="warn">{words.unconfirmed}</StatusMark>;
  if (device.isDefault) return <StatusMark tone="good">{words.first}</StatusMark>;
  return null;
}
