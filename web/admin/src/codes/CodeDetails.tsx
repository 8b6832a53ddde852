import { Copyable, When } from '@factordesk/shared';
import { Anchor, Text } from '@mantine/core';
import { whoCanFix } from '../history/words';
import classes from './Codes.module.css';
import type { Row } from './rows';
import { events } from './words';

/** What happened to a code, why it did not arrive and what to do, and what to name in a ticket. */
export function CodeDetails({ row }: { row: Row }) {
  return (
    <>
      <ol className={`plain-list ${classes.events}`}>
        {row.events.map((event, i) => (
          <li key={i}>
            <span className={classes.at}>
              <When at={event.at} precision="second" />
            </span>
            <span>
              {events[event.kind]}
              {event.detail && <span className={classes.detail}>: {event.detail}</span>}
            </span>
          </li>
        ))}
      </ol>
      {row.error && <Why error={row.error} />}
      <dl className={classes.facts}>
        {row.provider && <Fact name="Sent by">{row.provider}</Fact>}
        {row.sid && (
          <Fact name="SID">
            <span className="mono">
              <Copyable value={row.sid} label={`SID …${row.sid.slice(-6)}`} />
            </span>
          </Fact>
        )}
        {row.segments !== null && <Fact name="Segments">{row.segments}</Fact>}
        {row.price && <Fact name="Price">{row.price}</Fact>}
      </dl>
    </>
  );
}

function Why({ error }: { error: NonNullable<Row['error']> }) {
  return (
    <div className={classes.error}>
      <Text fw={600} size="sm">
        {error.title}
        {error.code && <span className="numeric"> (Twilio error {error.code})</span>}
      </Text>
      <Text size="sm">{error.explanation}</Text>
      <dl className={classes.facts}>
        <Fact name="Who can fix it">{whoCanFix(error.whoCanFix)}</Fact>
        <Fact name="What to do">{error.remedy}</Fact>
      </dl>
      {error.docsUrl && (
        <Anchor href={error.docsUrl} target="_blank" rel="noopener noreferrer" size="sm">
          Twilio’s page about this error (opens in a new tab)
        </Anchor>
      )}
    </div>
  );
}

const Fact = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
