import { FaultAlert, Page, Row, useRead } from '@factordesk/shared';
import accountClasses from '@factordesk/shared/account.module.css';
import { Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { PermittedDocument } from '../gql/graphql';
import { useWords } from '../words/Words';

/** The kinds of device that the institution permits, to choose from. */
export function AddPage() {
  const words = useWords().addDevice;
  const read = useRead(PermittedDocument, {});
  const permitted = read.data?.institution?.permittedMethods;
  return (
    <Page title={words.title} lead={words.lead}>
      {read.faults[0] && <FaultAlert fault={read.faults[0]} onRetry={read.reload} />}
      {permitted ? (
        <ul className={`plain-list ${accountClasses.rows} ${accountClasses.panel}`}>
          {permitted.includes('AUTHENTICATOR_APP') && (
            <li>
              <Link to="/add/app" className={accountClasses.rowLink}>
                <Row icon="device" title={words.app} detail={words.appHint} leads />
              </Link>
            </li>
          )}
          {(permitted.includes('SMS') || permitted.includes('VOICE')) && (
            <li>
              <Link to="/add/phone" className={accountClasses.rowLink}>
                <Row icon="call" title={words.phone} detail={words.phoneHint} leads />
              </Link>
            </li>
          )}
          {permitted.includes('EMAIL') && (
            <li>
              <Link to="/add/email" className={accountClasses.rowLink}>
                <Row icon="mail" title={words.email} detail={words.emailHint} leads />
              </Link>
            </li>
          )}
        </ul>
      ) : (
        !read.faults[0] && <Skeleton h={220} />
      )}
    </Page>
  );
}
