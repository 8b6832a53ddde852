import { Icon, StatusMark, When } from '@factordesk/shared';
import { Checkbox, Text } from '@mantine/core';
import type { Settings } from './fields';
import classes from './Settings.module.css';

interface Props {
  id: string;
  /** What the risk is. */
  risk: string;
  /** Who accepted it, as it stands. */
  recorded: Settings['emailRisk'];
  /** The way is ticked. */
  on: boolean;
  /** It is ticked and nobody has accepted its risk yet. */
  fresh: boolean;
  accepted: boolean;
  onAccept(accepted: boolean): void;
  error?: string;
}

/** Says who accepted a risk and when; where nobody has, asks for it as an act of its own. */
export function RiskAcceptance({ id, risk, recorded, on, fresh, accepted, onAccept, error }: Props) {
  if (fresh)
    return (
      <div className={classes.risk}>
        <Text size="sm" fw={600} className={classes.riskTitle}>
          <Icon name="alert" /> This is a risk
        </Text>
        <Text size="sm">{risk}</Text>
        <Checkbox
          id={id}
          mt="xs"
          label="I accept this risk for the institution, in my name"
          description="Your name and the time are kept with the setting and in the audit log."
          checked={accepted}
          onChange={(e) => onAccept(e.currentTarget.checked)}
          error={error}
        />
      </div>
    );
  if (!recorded) return null;
  return (
    <div className={classes.recorded}>
      {on ? (
        <>
          <StatusMark tone="warn">Risk accepted</StatusMark>
          <Text size="sm" component="span">
            by <span className={classes.wrap}>{recorded.by}</span>, <When at={recorded.at} />
          </Text>
        </>
      ) : (
        <Text size="sm" className={classes.caution} role="status">
          <Icon name="alert" size={14} />
          <span>Once saved, the acceptance by {recorded.by} ends. Who switches this on again accepts the risk again.</span>
        </Text>
      )}
    </div>
  );
}
