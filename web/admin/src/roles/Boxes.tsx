import { Checkbox, Input, Stack } from '@mantine/core';

interface Box<Value extends string> {
  value: Value;
  label: string;
  hint?: string;
  /** Why it can't be changed, if it can't; empty where that is said elsewhere. */
  fixed?: string;
  checked: boolean;
}

interface Props<Value extends string> {
  /** Of the first box that can be changed, for whoever is led there. */
  id: string;
  label: string;
  about?: string;
  boxes: Box<Value>[];
  error?: string;
  onToggle(value: Value, on: boolean): void;
}

/** Boxes to tick, each with what it means, or why it is not to be had. */
export function Boxes<Value extends string>({ id, label, about, boxes, error, onToggle }: Props<Value>) {
  const first = boxes.find(({ fixed }) => fixed === undefined);
  return (
    <Input.Wrapper
      role="group"
      label={label}
      description={about}
      descriptionProps={{ id: `${id}-about` }}
      labelElement="div"
      labelProps={{ fw: 600, id: `${id}-label` }}
      aria-labelledby={`${id}-label`}
      aria-describedby={about && `${id}-about`}
      error={error}
    >
      <Stack gap="sm" my="xs">
        {boxes.map(({ value, label, hint, fixed, checked }) => (
          <Checkbox
            key={value}
            id={value === first?.value ? id : `${id}-${value}`}
            label={label}
            description={[hint, fixed].filter(Boolean).join(' ') || undefined}
            disabled={fixed !== undefined}
            checked={checked}
            onChange={(e) => onToggle(value, e.currentTarget.checked)}
          />
        ))}
      </Stack>
    </Input.Wrapper>
  );
}
