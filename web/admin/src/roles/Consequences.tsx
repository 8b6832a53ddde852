import { Text } from '@mantine/core';
import classes from './Roles.module.css';

/** What saving changes at once, and for how many; it is read out as it changes. */
export const Consequences = ({ sentences }: { sentences: string[] }) => (
  <div role="status">
    {sentences.length > 0 && (
      <div className={`panel ${classes.consequences}`}>
        <Text size="sm" fw={600}>
          What changes at once when you save
        </Text>
        <ul>
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </div>
    )}
  </div>
);
