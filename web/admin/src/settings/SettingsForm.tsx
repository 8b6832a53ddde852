import { FaultAlert, StatusMark } from '@factordesk/shared';
import { Text, Title } from '@mantine/core';
import { ErrorSummary } from '../layout/ErrorSummary';
import { Leaving } from '../layout/Leaving';
import { CodesSection } from './CodesSection';
import { ConsequencesDialog } from './ConsequencesDialog';
import { CustomersSection } from './CustomersSection';
import type { Settings } from './fields';
import { MeanwhileAlert } from './MeanwhileAlert';
import { MethodsSection } from './MethodsSection';
import { SaveBar } from './SaveBar';
import classes from './Settings.module.css';
import { useSettings } from './useSettings';
import { labels, methods } from './words';

export function SettingsForm({ first }: { first: Settings }) {
  const form = useSettings(first);
  const { settings, fields, wrong, fault, meanwhile, busy, change } = form;
  return (
    <form
      noValidate
      className={classes.form}
      aria-label="Settings"
      onSubmit={(e) => {
        e.preventDefault();
        if (fields.length > 0) void form.save();
      }}
    >
      <div className={classes.alerts}>
        <ErrorSummary wrong={wrong} labels={riskOrLabel} />
        {fault && <FaultAlert fault={fault} focus />}
        {meanwhile && <MeanwhileAlert meanwhile={meanwhile} fields={fields} draft={form.draft} onTake={change} />}
      </div>
      <Warnings warnings={settings.settingsWarnings} />
      <MethodsSection form={form} />
      <CodesSection form={form} />
      <CustomersSection form={form} />
      <SaveBar fields={fields} saved={form.saved} busy={busy} onDiscard={form.discard} />
      <ConsequencesDialog consequences={form.consequences} busy={busy} onSave={() => void form.write()} onClose={form.keepEditing} />
      <Leaving guard={fields.length > 0} title="Leave without saving?">
        {fields.length === 1 ? 'A change is not saved. If you leave now, it is lost.' : `${fields.length} changes are not saved. If you leave now, they are lost.`}
      </Leaving>
    </form>
  );
}

const riskOrLabel = { ...labels, emailRisk: methods.EMAIL.label, voipRisk: labels.voipNumbersAllowed };

/** What does not go together well in the settings as they stand. */
function Warnings({ warnings }: { warnings: string[] }) {
  if (warnings.length === 0) return null;
  return (
    <section className={`panel ${classes.section}`} aria-labelledby="settings-warnings">
      <Title order={2} size="h5" id="settings-warnings" mb={4}>
        What needs attention
      </Title>
      <ul className={classes.warnings}>
        {warnings.map((warning) => (
          <li key={warning}>
            <StatusMark tone="warn">{headline(warning)}</StatusMark>
            {rest(warning) && <Text size="sm">{rest(warning)}</Text>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Warnings say what is so, a colon, and what follows from it. */
const headline = (warning: string): string => warning.split(': ')[0] ?? warning;
const rest = (warning: string): string => warning.slice(headline(warning).length + 2).replace(/^./, (letter) => letter.toUpperCase());
