import { StatusMark, When } from '@factordesk/shared';
import { Link, useSearch } from '@tanstack/react-router';
import type { StaffRowFragment } from '../gql/graphql';
import { fullName } from '../user/words';
import classes from './Staff.module.css';
import { byWhat, factorsInWords, levelWords, stateWords } from './words';

/** A page of staff; cards where there is no room for columns, whose roles are said because cards are no table to a browser. */
export function StaffTable({ staff, busy }: { staff: StaffRowFragment[]; busy: boolean }) {
  return (
    <div className={`panel ${classes.frame}`}>
      <table role="table" className={classes.table} aria-label="Staff" aria-busy={busy}>
        <thead role="rowgroup">
          <tr role="row">
            {['Name', 'Level', 'Roles', 'Last sign-in', 'Factors', 'State'].map((name) => (
              <th key={name} role="columnheader" scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {staff.map((member) => (
            <StaffRow key={member.id} member={member} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function StaffRow({ member }: { member: StaffRowFragment }) {
  const list = useSearch({ from: '/settings/staff' });
  const state = stateWords(member);
  const access = member.staffAccess;
  return (
    <tr role="row" className={classes.row}>
      <th role="rowheader" scope="row" className={classes.name}>
        <Link to="/settings/staff/$userId" params={{ userId: member.id }} state={{ staffList: list }} className={classes.link}>
          {fullName(member)}
        </Link>
        <span className={classes.email}>{member.email}</span>
      </th>
      <td role="cell" data-label="Level">
        {levelWords(member.adminLevel)}
      </td>
      <td role="cell" data-label="Roles">
        {access?.roles.map(({ name }) => name).join(', ') || 'None'}
      </td>
      <td role="cell" data-label="Last sign-in">
        {member.lastSignedInAt ? (
          <span className={classes.above}>
            <When at={member.lastSignedInAt} /> {byWhat(access?.lastSignedInBy ?? null)}
          </span>
        ) : (
          'None on record'
        )}
      </td>
      <td role="cell" data-label="Factors">
        {factorsInWords(access?.factors ?? [])}
      </td>
      <td role="cell">
        <StatusMark tone={state.tone}>{state.words}</StatusMark>
      </td>
    </tr>
  );
}
