import { TextInput } from '@mantine/core';
import { spoken } from './duration';
import { Section } from './Section';
import classes from './Settings.module.css';
import { whole } from './settings';
import type { SettingsForm } from './useSettings';
import { labels } from './words';

type Name = 'codeLifetimeSeconds' | 'staffCodeLifetimeMinutes' | 'backupCodesPerSet' | 'dailySends' | 'highRiskActsPerHour';

/** How long codes live and how many there are. */
export function CodesSection({ form: { draft, wrong, change } }: { form: SettingsForm }) {
  const field = (name: Name, unit: string, hint: string, means?: string) => (
    <TextInput
      id={name}
      label={labels[name]}
      labelProps={{ fw: 600 }}
      description={hint}
      value={draft[name]}
      onChange={(e) => change({ [name]: e.currentTarget.value })}
      error={wrong[name]}
      inputMode="numeric"
      autoComplete="off"
      maxLength={12}
      classNames={{ input: classes.number }}
      rightSection={<span className={classes.unit}>{unit}</span>}
      rightSectionWidth={72}
      inputContainer={(input) => (
        <div className={classes.measure}>
          {input}
          {means && <output htmlFor={name}>{means}</output>}
        </div>
      )}
    />
  );
  return (
    <Section id="codes" title="Codes" about="A new lifetime is for codes from now on.">
      {field('codeLifetimeSeconds', 'seconds', 'A code by text, call or email. 60 to 600 seconds.', spoken(whole(draft.codeLifetimeSeconds)))}
      {field(
        'staffCodeLifetimeMinutes',
        'minutes',
        'Until when codes work that staff hand to a user. 10 minutes to 30 days, which is 43,200 minutes.',
        spoken(whole(draft.staffCodeLifetimeMinutes) * 60),
      )}
      {field('backupCodesPerSet', 'codes', '1 to 10. Fewer are easier to read out; more get a user further.')}
      {field('dailySends', 'a day', 'Beyond that, numbers that nobody has confirmed get none until midnight UTC; confirmed ones go on. 1 to 1,000,000.')}
      {field('highRiskActsPerHour', 'an hour', 'For each of the staff: backup codes made and revoked, resets, number types, pauses, freezes, settings. 1 to 1,000.')}
    </Section>
  );
}
