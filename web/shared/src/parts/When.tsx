import { Tooltip } from '@mantine/core';
import { useMemo } from 'react';
import { useWords } from '../words/Words';
import classes from './When.module.css';

const styles = {
  day: { dateStyle: 'medium' },
  minute: { dateStyle: 'medium', timeStyle: 'short' },
  second: { dateStyle: 'medium', timeStyle: 'medium' },
} as const;

/** The browser's time zone, such as `America/New_York`. */
export const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

interface Props {
  /** RFC 3339. */
  at: string;
  precision?: 'day' | 'minute' | 'second';
}

/** The language as the browser's owner has it, such as `en-GB`, where it is among theirs. */
const regional = (language: string): string => navigator.languages.find((l) => l.startsWith(language)) ?? language;

/** A point in time in the viewer's zone; in UTC when pointed at or focused. */
export function When({ at, precision = 'minute' }: Props) {
  const date = new Date(at);
  const { language } = useWords();
  const format = useMemo(() => new Intl.DateTimeFormat(regional(language), styles[precision]), [language, precision]);
  return (
    <Tooltip label={utc(date)} events={{ hover: true, focus: true, touch: true }}>
      <time dateTime={at} className={classes.when} tabIndex={0} aria-label={`${format.format(date)}, ${utc(date)}`}>
        {format.format(date)}
      </time>
    </Tooltip>
  );
}

/** `2026-01-02 15:04:05 UTC` */
export const utc = (date: Date): string => `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
