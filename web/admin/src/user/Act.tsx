import { Icon, type IconName } from '@factordesk/shared';
import { Button, Text } from '@mantine/core';
import { useId } from 'react';
import classes from './DeviceCard.module.css';

/** Whether something may be done, and why not. */
export interface Allowance {
  allowed: boolean;
  reason: string | null;
}

interface Props {
  icon: IconName;
  children: string;
  /** What it is done to, for those who don't see where it stands. */
  to?: string;
  may: Allowance;
  onClick(): void;
}

/** An act's button: pressed, or seen together with why it is not to be had. */
export function Act({ icon, children, to, may, onClick }: Props) {
  const why = useId();
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<Icon name={icon} size={14} />}
        disabled={!may.allowed}
        aria-label={to && `${children}: ${to}`}
        aria-describedby={may.allowed ? undefined : why}
        onClick={onClick}
      >
        {children}
      </Button>
      {!may.allowed && (
        <Text size="sm" c="dimmed" id={why} className={classes.line}>
          {children}: {may.reason ?? 'You may not do this.'}
        </Text>
      )}
    </>
  );
}
