import { Tooltip } from '@mantine/core';
import { useMemo } from 'react';
import { serverNow } from '../api/serverClock';
import { useWords } from '../words/Words';
import classes from './When.module.css';

const day = { year: 'numeric', month: 'short', day: 'numeric' } as const;
const minute = { ...day, hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const;
const styles = { day, minute, second: { ...minute, second: '2-digit' } } as const;

/** The browser's time zone, such as `America/New_York`. */
export const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

interface Props {
  /** RFC 3339. */
  at: string;
  precision?: 'day' | 'minute' | 'second';
}

/** The language as the browser's owner has it, such as `en-GB`, where it is among theirs. */
const regional = (language: string): string => navigator.languages.find((l) => l.startsWith(language)) ?? language;

/** A point in time in the viewer's zone, which is named, and how long ago it is; in UTC when pointed at or focused. */
export function When({ at, precision = 'minute' }: Props) {
  const date = new Date(at);
  const { language } = useWords();
  const format = useMemo(() => new Intl.DateTimeFormat(regional(language), styles[precision]), [language, precision]);
  const since = precision === 'minute' ? relative(language, (date.getTime() - serverNow()) / 1000) : '';
  return (
    <Tooltip label={utc(date)} events={{ hover: true, focus: true, touch: true }}>
      <time dateTime={at} className={classes.when} tabIndex={0} aria-label={`${format.format(date)}, ${utc(date)}`}>
        <span>{format.format(date)}</span>
        {since && (
          <>
            {' '}
            <span className={classes.relative}>· {since}</span>
          </>
        )}
      </time>
    </Tooltip>
  );
}

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Says how far off a time is, such as `2 hr. ago`; nothing for what is farther than thirty days. */
export function relative(language: string, seconds: number): string {
  if (Math.abs(seconds) > 30 * 86_400) return '';
  const [unit, size] = units.find(([, s]) => Math.abs(seconds) >= s) ?? units[3];
  return new Intl.RelativeTimeFormat(language, { style: 'short', numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
}

/** `2026-01-02 15:04:05 UTC` */
export const utc = (date: Date): string => `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
