import { When } from '@factordesk/shared';
import { Checkbox, Stack, TextInput, Title } from '@mantine/core';
import type { Draft } from './draft';
import classes from './Providers.module.css';
import type { Form } from './useProviderForm';
import { changer, ending, labels } from './words';

interface FieldProps {
  form: Form;
  name: Exclude<keyof Draft, 'dropApiKey'>;
  about: React.ReactNode;
  /** It is never shown, neither typed nor stored. */
  secret?: boolean;
  inputMode?: 'numeric' | 'decimal' | 'tel';
  max?: number;
}

function Field({ form: { draft, wrong, change }, name, about, secret = false, inputMode, max = 128 }: FieldProps) {
  const isName = name === 'name';
  return (
    <TextInput
      id={name}
      label={labels[name]}
      labelProps={{ fw: 600 }}
      description={about}
      value={draft[name]}
      onChange={(e) => change({ [name]: e.currentTarget.value })}
      error={wrong[name]}
      type={secret ? 'password' : 'text'}
      inputMode={inputMode}
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      maxLength={max}
      classNames={{ input: isName ? undefined : 'mono', wrapper: inputMode ? classes.short : undefined }}
    />
  );
}

const Part = ({ id, title, children }: { id: string; title: string; children: React.ReactNode }) => (
  <section className={`panel ${classes.part}`} aria-labelledby={id}>
    <Title order={2} size="h4" id={id} mb="sm">
      {title}
    </Title>
    <Stack gap="lg">{children}</Stack>
  </section>
);

/** Which account it is, and by what Twilio knows us. */
export function Credentials({ form }: { form: Form }) {
  const { provider: p, draft, change } = form;
  return (
    <Part id="credentials" title="Account">
      <Field form={form} name="name" about="What staff call it." max={60} />
      <Field
        form={form}
        name="accountSid"
        about={p ? `Stored: ${ending(p.accountSid)}. Leave it empty to keep it.` : 'AC and 32 digits and letters, as Twilio’s console shows it. It is an account that no other institution here uses.'}
      />
      <Field
        form={form}
        name="authToken"
        secret
        about={
          p ? (
            <>
              Stored: ends in <span className="mono">{p.tokenLastFour}</span>
              {p.tokenChangedAt && (
                <>
                  , changed <When at={p.tokenChangedAt} />
                  {changer(p)}
                </>
              )}
              . Leave it empty to keep it. After a change, reports that the old one signed hold for an hour.
            </>
          ) : (
            'It is stored encrypted, and never shown again.'
          )
        }
      />
      <Field
        form={form}
        name="apiKeySid"
        about={
          p?.apiKeySid
            ? `Stored: ${ending(p.apiKeySid)}, which carries the requests. Leave it empty to keep it.`
            : 'Optional: SK and 32 digits and letters. The key carries the requests in place of the token; the token stays for signatures.'
        }
      />
      <Field form={form} name="apiKeySecret" secret about="With a new SID. It is stored encrypted, and never shown again." />
      {p?.apiKeySid && (
        <Checkbox
          id="dropApiKey"
          label="Forget the API key: the token carries the requests from now on"
          checked={draft.dropApiKey}
          onChange={(e) => change({ dropApiKey: e.currentTarget.checked })}
        />
      )}
    </Part>
  );
}

/** From where it sends, and when. */
export function Sending({ form }: { form: Form }) {
  return (
    <Part id="sending" title="Sending">
      <Field form={form} name="sender" inputMode="tel" about="The number of the account that calls, and texts where no messaging service does." max={40} />
      <Field
        form={form}
        name="messagingServiceSid"
        about="Optional: MG and 32 digits and letters. The service texts in place of the sender; calls still come from the sender."
      />
      <Field form={form} name="priority" inputMode="numeric" about="1 to 100. Of the providers that are switched on, the lowest sends." max={3} />
      <Field form={form} name="balanceThreshold" inputMode="decimal" about="In the account’s currency, such as 10.00." max={9} />
    </Part>
  );
}
