import { Row } from '@factordesk/shared';
import accountClasses from '@factordesk/shared/account.module.css';
import { Link } from '@tanstack/react-router';
import type { MyAccountQuery } from '../gql/graphql';

type Permitted = NonNullable<NonNullable<MyAccountQuery['institution']>['permittedMethods']>;

/** The kinds of device that the institution permits, to choose from. */
export function AddWays({ permitted }: { permitted: Permitted }) {
  return (
    <ul className={`plain-list ${accountClasses.rows}`}>
      {permitted.includes('AUTHENTICATOR_APP') && (
        <li>
          <Link to="/account/add/app" className={accountClasses.rowLink}>
            <Row icon="device" title="Authenticator app" detail="Works without a signal, and abroad" leads />
          </Link>
        </li>
      )}
      {(permitted.includes('SMS') || permitted.includes('VOICE')) && (
        <li>
          <Link to="/account/add/phone" className={accountClasses.rowLink}>
            <Row icon="call" title="Phone" detail="By text, or by call to a landline" leads />
          </Link>
        </li>
      )}
      {permitted.includes('EMAIL') && (
        <li>
          <Link to="/account/add/email" className={accountClasses.rowLink}>
            <Row icon="mail" title="Email" detail="Only as safe as your mailbox" leads />
          </Link>
        </li>
      )}
    </ul>
  );
}
