import { Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';

/** The heading of a step, which takes the focus when the step begins. */
export function StepTitle({ step, children }: { step?: number; children: React.ReactNode }) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => ref.current?.focus({ preventScroll: true }), []);
  return (
    <div>
      {step && (
        <Text size="sm" c="dimmed" className="numeric">
          Step {step} of 3
        </Text>
      )}
      <Title order={1} size="h2" ref={ref} tabIndex={-1} style={{ outline: 'none' }}>
        {children}
      </Title>
    </div>
  );
}
