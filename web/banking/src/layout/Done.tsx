import { Alert, Button } from '@mantine/core';
import { Icon } from '@factordesk/shared';
import { Link } from '@tanstack/react-router';
import { Page } from './Page';
import { useWords } from '../words/Words';

/** Says that it is done, and leads back. */
export function Done({ title, lead }: { title: string; lead: string }) {
  const words = useWords();
  return (
    <Page key="done" title={title}>
      <Alert color="teal" variant="light" icon={<Icon name="check" />} role="status">
        {lead}
      </Alert>
      <Button renderRoot={(props) => <Link to="/" {...props} />}>{words.missing.back}</Button>
    </Page>
  );
}
