import { Radio, Stack } from '@mantine/core';

interface Props<Value extends string> {
  /** The id of the first choice, which an error summary can point at. */
  id: string;
  label: string;
  hint?: string;
  choices: Partial<Record<Value, { label: string; hint: string }>>;
  value: Value | undefined;
  onChange(value: Value): void;
  error?: string;
}

/** One choice of a few, each with a line that says what it means. */
export function ChoiceField<Value extends string>({ id, label, hint, choices, value, onChange, error }: Props<Value>) {
  const values = Object.keys(choices) as Value[];
  return (
    <Radio.Group
      name={id}
      label={label}
      description={hint}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen)}
      error={error}
      labelProps={{ fw: 600 }}
    >
      <Stack gap="xs" my="xs">
        {values.map((each, place) => (
          <Radio key={each} id={place === 0 ? id : undefined} value={each} label={choices[each]?.label} description={choices[each]?.hint} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
