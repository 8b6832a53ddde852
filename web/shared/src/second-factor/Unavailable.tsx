import { Group, Stack, Text } from '@mantine/core';
import { Icon } from '../parts/Icon';
import { useWords } from '../words/Words';
import type { Challenge } from './challenge';
import { icons } from './kinds';
import classes from './Unavailable.module.css';

/** The ways that a person has and can't use now, each with its reason. Nothing where there are none. */
export function Unavailable({ ways }: { ways: Challenge['unavailable'] }) {
  const words = useWords().secondFactor;
  if (ways.length === 0) return null;
  return (
    <section aria-label={words.unavailableTitle}>
      <Text size="sm" fw={600} mb="xs">
        {words.unavailableTitle}
      </Text>
      <Stack gap="xs" component="ul" className="plain-list">
        {ways.map((way) => (
          <Group key={`${way.kind} ${way.label}`} component="li" wrap="nowrap" gap="sm" align="flex-start" className={classes.way}>
            <Icon name={icons[way.kind]} />
            <div>
              <Text size="sm" className="numeric">
                {way.label}
              </Text>
              <Text size="sm" c="dimmed">
                {words.reason[way.reason]}
              </Text>
            </div>
          </Group>
        ))}
      </Stack>
    </section>
  );
}
