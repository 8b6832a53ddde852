import { Icon } from '@factordesk/shared';
import { Checkbox, Input, Stack, Text } from '@mantine/core';
import type { TwoFactorMethod } from '../gql/graphql';
import { RiskAcceptance } from './RiskAcceptance';
import { Section } from './Section';
import classes from './Settings.module.css';
import { METHODS, newRisks, toggled } from './settings';
import type { SettingsForm } from './useSettings';
import { labels, methods } from './words';

const EMAIL_RISK = 'Whoever gets into a mailbox gets the codes, and often the password too. A code by email proves less than any other.';
const VOIP_RISK = 'Internet numbers can be rented under another name and taken over from afar. A call to one proves less than a call to a landline.';

/** By what people sign in. What is riskier wants its risk accepted, by name. */
export function MethodsSection({ form }: { form: SettingsForm }) {
  const { settings, draft, accepted, wrong, change, accept } = form;
  const fresh = newRisks(settings, draft);
  const box = (method: TwoFactorMethod, id?: string) => (
    <div>
      <Checkbox
        id={id}
        label={methods[method].label}
        description={methods[method].hint}
        checked={draft.permittedMethods.includes(method)}
        onChange={(e) => change({ permittedMethods: toggled(METHODS, draft.permittedMethods, method, e.currentTarget.checked) })}
      />
      {settings.permittedMethods.includes(method) && !draft.permittedMethods.includes(method) && <Withdrawn method={method} />}
    </div>
  );
  return (
    <Section id="methods" title="How people sign in" about="After the password, one of these. Staff use the same ones.">
      <Input.Wrapper
        role="group"
        label={labels.permittedMethods}
        labelElement="div"
        labelProps={{ fw: 600, id: 'permitted' }}
        aria-labelledby="permitted"
        error={wrong.permittedMethods}
      >
        <Stack gap="sm" my="xs">
          {box('SMS', 'permittedMethods')}
          {box('VOICE')}
          {box('AUTHENTICATOR_APP')}
          {box('BACKUP_CODES')}
        </Stack>
      </Input.Wrapper>
      <fieldset className={classes.fieldset}>
        <legend>Riskier ways</legend>
        <Text size="sm" c="dimmed">
          Each stays off until someone accepts its risk in their own name. Who did, and when, is kept.
        </Text>
        <Stack gap="sm" mt="xs">
          <div>
            {box('EMAIL')}
            <RiskAcceptance
              id="emailRisk"
              risk={EMAIL_RISK}
              recorded={settings.emailRisk}
              on={draft.permittedMethods.includes('EMAIL')}
              fresh={fresh.email}
              accepted={accepted.email}
              onAccept={(email) => accept({ email })}
              error={wrong.emailRisk}
            />
          </div>
          <div>
            <Checkbox
              id="voipNumbersAllowed"
              label={labels.voipNumbersAllowed}
              description="A call that reads out the code, to numbers that are internet phones. Without it they get none."
              checked={draft.voipNumbersAllowed}
              onChange={(e) => change({ voipNumbersAllowed: e.currentTarget.checked })}
            />
            <RiskAcceptance
              id="voipRisk"
              risk={VOIP_RISK}
              recorded={settings.voipRisk}
              on={draft.voipNumbersAllowed}
              fresh={fresh.voip}
              accepted={accepted.voip}
              onAccept={(voip) => accept({ voip })}
              error={wrong.voipRisk}
            />
          </div>
        </Stack>
      </fieldset>
      <Checkbox
        id="twoFactorRequired"
        label={labels.twoFactorRequired}
        description="They verify their email address as they enrol. Off, they skip that; signing in takes a second factor all the same."
        checked={draft.twoFactorRequired}
        onChange={(e) => change({ twoFactorRequired: e.currentTarget.checked })}
      />
    </Section>
  );
}

/** What follows from switching a method off. */
function Withdrawn({ method }: { method: TwoFactorMethod }) {
  return (
    <Text size="sm" className={classes.caution} role="status">
      <Icon name="alert" size={14} />
      <span>
        {method === 'BACKUP_CODES'
          ? 'Codes that users made themselves stop signing in. Those that staff made go on.'
          : 'Whoever has no other way can’t sign in, staff too, and you as well. Backup codes that staff make are their way back in.'}
      </span>
    </Text>
  );
}
