import { FaultAlert, Icon, takeFocus, useTitle } from '@factordesk/shared';
import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import type { ShownProviderFragment } from '../gql/graphql';
import { ErrorSummary } from '../layout/ErrorSummary';
import { Leaving } from '../layout/Leaving';
import { replaced, type Field, type Merged } from './draft';
import { Credentials, Sending } from './fields';
import classes from './Providers.module.css';
import { useProviderForm } from './useProviderForm';
import { ending, labels } from './words';

interface Props {
  /** What is edited; none for one that is to be added. */
  first?: ShownProviderFragment;
  all: ShownProviderFragment[];
  onClose(): void;
  onSaved(words: string): void;
}

/** Adds a provider, or changes one. Twilio is asked before anything is stored. */
export function ProviderForm({ first, all, onClose, onSaved }: Props) {
  const title = first ? `Edit “${first.name}”` : 'Add an SMS provider';
  useTitle(title);
  const form = useProviderForm(first, all, onSaved);
  const { provider, draft, fields, wrong, fault, meanwhile, busy } = form;
  const unsaved = fields.length > 0;
  const other = replaced(all, provider, Number(draft.priority));
  return (
    <form
      noValidate
      className={classes.page}
      autoComplete="off"
      aria-label={title}
      onSubmit={(e) => {
        e.preventDefault();
        if (unsaved || !provider) void form.save();
      }}
    >
      <Stack gap="md">
        <div>
          <Title order={1} size="h2" ref={takeFocus} tabIndex={-1}>
            {title}
          </Title>
          <Text c="dimmed" size="sm">
            {provider && <>Account {ending(provider.accountSid)}. </>}
            Twilio is asked whether it takes the credentials and the sender before they are stored.
          </Text>
        </div>
        <ErrorSummary wrong={wrong} labels={labels} />
        {fault && <FaultAlert fault={fault} focus />}
        {meanwhile && <Meanwhile merged={meanwhile} />}
        <Credentials form={form} />
        <Sending form={form} />
        {other && (
          <Text size="sm" role="status">
            Once this is saved, texts and calls go out through this account in place of “{other.name}”.
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={busy}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={!unsaved && provider !== undefined}>
            {provider ? 'Save' : 'Add it'}
          </Button>
        </Group>
      </Stack>
      <Leaving guard={unsaved} title="Leave without saving?">
        What you entered is not saved. If you leave now, it is lost.
      </Leaving>
    </form>
  );
}

/** Says that someone else saved first, and what became of what was typed. */
function Meanwhile({ merged: { taken, contested } }: { merged: Merged }) {
  const names = (fields: Field[]) => fields.map((field) => labels[field]).join(', ');
  return (
    <Alert ref={takeFocus} tabIndex={-1} role="alert" color="yellow" variant="light" icon={<Icon name="users" />} title="Someone else changed this provider first">
      <Text size="sm">
        Nothing of yours was saved, and nothing that you entered is lost. It was read again.
        {taken.length > 0 && <> Their changes are in the form now: {names(taken)}.</>}
        {contested.length > 0 && <> What you entered would go over theirs: {names(contested)}.</>} Look at it once more, then save again.
      </Text>
    </Alert>
  );
}
