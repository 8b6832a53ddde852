import { Copyable, Icon, StatusMark, When } from '@factordesk/shared';
import { Anchor, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { Fragment, useId, useState } from 'react';
import styles from './History.module.css';
import type { Row } from './reading';
import { kinds, pieces, statuses, whoCanFix } from './words';

type Notification = Row['node'];

/** Texts, newest first; cards where there is no room for columns. The roles are said, for cards are no table to a browser. */
export function HistoryTable({ rows, caption }: { rows: Row[]; caption: string }) {
  return (
    <table role="table" className={styles.table}>
      <caption>
        <VisuallyHidden>{caption}</VisuallyHidden>
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          {['Date', 'Status', 'Kind', 'Message', 'From', 'To', 'SID'].map((name) => (
            <th key={name} role="columnheader" scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(({ cursor, node }) => (
          <MessageRow key={cursor} message={node} />
        ))}
      </tbody>
    </table>
  );
}

function MessageRow({ message }: { message: Notification }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const { tone, icon, words } = statuses[message.status];
  const { error, sid } = message;
  return (
    <Fragment>
      <tr role="row" className={styles.row} data-open={open}>
        <td role="cell" className={styles.date}>
          <When at={message.date} precision="second" />
        </td>
        <td role="cell" className={styles.status}>
          <StatusMark tone={tone} icon={icon}>
            {words}
          </StatusMark>
          {error && (
            <UnstyledButton className={styles.why} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
              <Icon name="info" size={16} />
              {error.code ? `Error ${error.code}` : 'Why?'}
            </UnstyledButton>
          )}
        </td>
        <td role="cell" className={styles.kind}>
          {kinds[message.kind]}
        </td>
        <td role="cell" className={styles.body}>
          <Body text={message.body} />
        </td>
        <td role="cell" className={styles.number} data-label="From">
          {message.fromFormatted ?? <Missing>not accepted</Missing>}
        </td>
        <td role="cell" className={styles.number} data-label="To">
          {message.toFormatted}
        </td>
        <td role="cell" className={styles.sid} data-label="SID">
          {sid ? (
            <Copyable value={sid} label={`SID …${sid.slice(-6)}`}>
              <span className={`mono ${styles.short}`}>…{sid.slice(-6)}</span>
            </Copyable>
          ) : (
            <Missing>none: Twilio never accepted it</Missing>
          )}
        </td>
      </tr>
      {error && (
        <tr role="row" id={id} hidden={!open} className={styles.explanation}>
          <td role="cell" colSpan={7}>
            {open && <Explanation error={error} />}
          </td>
        </tr>
      )}
    </Fragment>
  );
}

/** A masked text. What was hidden shows as such. */
const Body = ({ text }: { text: string }) =>
  pieces(text).map((piece, i) =>
    piece.hidden ? (
      <span key={i} className={styles.hiddenCode} role="img" aria-label="hidden code">
        {piece.text}
      </span>
    ) : (
      <Fragment key={i}>{piece.text}</Fragment>
    ),
  );

const Missing = ({ children }: { children: string }) => (
  <Text span size="sm" c="dimmed">
    {children}
  </Text>
);

function Explanation({ error }: { error: NonNullable<Notification['error']> }) {
  return (
    <div className={styles.panel}>
      <Text fw={600} size="sm">
        {error.title}
        {error.code && <span className="numeric"> (Twilio error {error.code})</span>}
      </Text>
      <Text size="sm">{error.explanation}</Text>
      <dl>
        <dt>Who can fix it</dt>
        <dd>{whoCanFix(error.whoCanFix)}</dd>
        <dt>What to do</dt>
        <dd>{error.remedy}</dd>
      </dl>
      {error.docsUrl && (
        <Anchor href={error.docsUrl} target="_blank" rel="noopener noreferrer" size="sm">
          Twilio’s page about this error (opens in a new tab)
        </Anchor>
      )}
    </div>
  );
}
