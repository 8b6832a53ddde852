import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import './graphiql.css';
import { fetcher } from './fetcher';
import classes from './Logo.module.css';

const welcome = `# Sign in with signIn, sendCode and verifyCode,
# or in another tab of this browser.
#
# With a staff and a customer session at once, say in
# Headers which one speaks:
#   {"Factordesk-Client": "admin"}
#   {"Factordesk-Client": "banking"}

query Viewer {
  viewer {
    user {
      id
      email
    }
    permissions
  }
}
`;

createRoot(document.getElementById('graphiql')!).render(
  <GraphiQL fetcher={fetcher} defaultQuery={welcome} defaultEditorToolsVisibility="headers">
    <GraphiQL.Logo>
      <a className={classes.logo} href="/graphiql/">
        Factordesk
      </a>
    </GraphiQL.Logo>
  </GraphiQL>,
);
