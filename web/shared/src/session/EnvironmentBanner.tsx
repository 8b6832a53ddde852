import type { Environment } from '../gql/graphql';
import { useWords } from '../words/Words';
import classes from './EnvironmentBanner.module.css';

/** Says on every page that this is not the real thing. */
export function EnvironmentBanner({ environment }: { environment: Environment }) {
  const words = useWords().environment;
  if (environment === 'PRODUCTION') return null;
  return (
    <aside className={`no-print ${classes.environment}`} aria-label={words.label} data-environment={environment}>
      {words[environment]}
    </aside>
  );
}
