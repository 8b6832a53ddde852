import { StatusMark, useAct, When, type Fault } from '@factordesk/shared';
import { Button, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { CheckSmsProviderDocument, type OwnDeviceFragment, type ShownProviderFragment } from '../gql/graphql';
import { Checks } from './Checks';
import classes from './Providers.module.css';
import { RemoveProvider } from './RemoveProvider';
import { Switch } from './Switch';
import { TestText } from './TestText';
import { changer, ending, standing } from './words';

interface Props {
  provider: ShownProviderFragment;
  /** Texts and calls go out through it. */
  sends: boolean;
  /** The viewer's own. */
  devices: readonly OwnDeviceFragment[];
  onEdit(): void;
  /** What was done, in a sentence, or why it was not. */
  onSay(words: string, fault?: Fault): void;
  /** It may stand otherwise than shown. */
  onStale(): void;
}

/** One provider: which it is, how it stands, and what may be done about it. */
export function ProviderCard({ provider: p, sends, devices, onEdit, onSay, onStale }: Props) {
  const check = useAct(CheckSmsProviderDocument);
  const [removing, setRemoving] = useState(false);
  const checkNow = async () => {
    const { data, fault } = await check.act({ input: { providerId: p.id } });
    const now = data?.checkSmsProvider?.provider.health;
    if (now) return onSay(`“${p.name}” was checked: ${standing[now.status].word.toLowerCase()}.`);
    onStale();
    onSay('', fault);
  };
  return (
    <li className={`panel ${classes.card}`}>
      <div className={classes.head}>
        <Title order={2} size="h4" className={classes.name}>
          {p.name}
        </Title>
        <Standing provider={p} sends={sends} />
      </div>
      <Facts provider={p} />
      {p.health ? <Checks health={p.health} /> : <Text size="sm">Twilio was not asked yet how it stands.</Text>}
      <Group gap="xs">
        <Button size="xs" variant="default" loading={check.busy} onClick={() => void checkNow()} aria-label={`Check now: ${p.name}`}>
          Check now
        </Button>
        <TestText provider={p} devices={devices} onSay={onSay} />
        <Button size="xs" variant="default" onClick={onEdit} aria-label={`Edit: ${p.name}`}>
          Edit
        </Button>
        <Switch provider={p} onSay={onSay} onStale={onStale} />
        <Button size="xs" variant="default" onClick={() => setRemoving(true)} aria-label={`Remove: ${p.name}`}>
          Remove
        </Button>
      </Group>
      {removing && <RemoveProvider provider={p} onClose={() => setRemoving(false)} onDone={onSay} />}
    </li>
  );
}

function Standing({ provider: p, sends }: Pick<Props, 'provider' | 'sends'>) {
  const { health } = p;
  return (
    <div className={classes.standing}>
      {!p.enabled ? (
        <StatusMark tone="neutral">Switched off</StatusMark>
      ) : (
        <StatusMark tone={sends ? 'busy' : 'neutral'} icon={sends ? 'text' : 'clock'}>
          {sends ? 'Sends' : 'Switched on, not used'}
        </StatusMark>
      )}
      {health && (
        <>
          {p.enabled && (
            <StatusMark tone={standing[health.status].tone} icon={standing[health.status].icon}>
              {standing[health.status].word}
            </StatusMark>
          )}
          <Text size="sm" c="dimmed" component="span">
            checked <When at={health.checkedAt} />
          </Text>
        </>
      )}
    </div>
  );
}

function Facts({ provider: p }: Pick<Props, 'provider'>) {
  return (
    <dl className={classes.facts}>
      <Fact name="Account">
        <span className="mono">{ending(p.accountSid)}</span>
      </Fact>
      <Fact name="Auth token">
        ends in <span className="mono">{p.tokenLastFour}</span>
        {p.tokenChangedAt && (
          <>
            , changed <When at={p.tokenChangedAt} />
            {changer(p)}
          </>
        )}
      </Fact>
      {p.apiKeySid && (
        <Fact name="API key">
          <span className="mono">{ending(p.apiKeySid)}</span>, which carries the requests
        </Fact>
      )}
      <Fact name="Sender">
        <span className="numeric">{p.senderFormatted ?? 'none, so nothing is sent by call'}</span>
      </Fact>
      {p.messagingServiceSid && (
        <Fact name="Messaging service">
          <span className="mono">{p.messagingServiceSid}</span>, which texts
        </Fact>
      )}
      <Fact name="Priority">
        <span className="numeric">{p.priority}</span>
      </Fact>
      <Fact name="Balance">
        <span className="numeric">
          {p.health?.balance ? `${p.health.balance.amount} ${p.health.balance.currency}` : 'not known'}, warns below {p.balanceThreshold}
        </span>
      </Fact>
    </dl>
  );
}

const Fact = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
