import { useState } from 'react';
import { useWords } from '../words/Words';
import accountClasses from './Account.module.css';
import { Done } from './Done';
import { Page } from './Page';
import { PasswordForm } from './PasswordForm';

/** Changes the password. */
export function PasswordPage() {
  const { password } = useWords().account;
  const [done, setDone] = useState(false);
  if (done) return <Done title={password.doneTitle} lead={password.doneLead} />;
  return (
    <Page title={password.title} lead={password.lead}>
      <PasswordForm className={`${accountClasses.panel} ${accountClasses.padded}`} acts={accountClasses.acts} onChanged={() => setDone(true)} />
    </Page>
  );
}
