import { Alert, Button } from '@mantine/core';
import { Icon } from '../parts/Icon';
import { useHome } from './Home';
import { Page } from './Page';

/** Says that it is done, and leads back. */
export function Done({ title, lead }: { title: string; lead: string }) {
  const home = useHome();
  return (
    <Page key="done" title={title}>
      <Alert color="teal" variant="light" icon={<Icon name="check" />} role="status">
        {lead}
      </Alert>
      <Button renderRoot={(props) => <home.Link {...props} />}>{home.back}</Button>
    </Page>
  );
}
