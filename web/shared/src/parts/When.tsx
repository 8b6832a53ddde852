import { Tooltip } from '@mantine/core';

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const minute = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const second = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** The browser's time zone, such as `America/New_York`. */
export const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

interface Props {
  /** RFC 3339. */
  at: string;
  precision?: 'day' | 'minute' | 'second';
}

/** A point in time in the viewer's zone; in UTC when pointed at or focused. */
export function When({ at, precision = 'minute' }: Props) {
  const date = new Date(at);
  const format = { day, minute, second }[precision];
  return (
    <Tooltip label={utc(date)} events={{ hover: true, focus: true, touch: true }}>
      <time dateTime={at} className="when" tabIndex={0} aria-label={`${format.format(date)}, ${utc(date)}`}>
        {format.format(date)}
      </time>
    </Tooltip>
  );
}

/** `2026-01-02 15:04:05 UTC` */
export const utc = (date: Date): string => `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
