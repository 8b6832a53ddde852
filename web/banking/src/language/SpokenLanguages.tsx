import type { Language } from '@factordesk/shared';
import { Group, Radio, Stack } from '@mantine/core';
import { inLanguage } from './Language';

interface Props {
  label: string;
  description?: string;
  spoken: readonly Language[];
  value: Language;
  onChange(language: Language): void;
}

/** The languages that the bank speaks, to choose from, each in its own words. */
export function SpokenLanguages({ label, description, spoken, value, onChange }: Props) {
  return (
    <Radio.Group label={label} description={description} value={value} onChange={(chosen) => onChange(chosen)}>
      <Stack gap="xs" mt="xs">
        {spoken.map((l) => (
          <Radio.Card key={l} value={l} p="sm" lang={inLanguage[l].shared.language}>
            <Group component="span" wrap="nowrap" gap="sm" fw={600}>
              <Radio.Indicator />
              {inLanguage[l].ownName}
            </Group>
          </Radio.Card>
        ))}
      </Stack>
    </Radio.Group>
  );
}
