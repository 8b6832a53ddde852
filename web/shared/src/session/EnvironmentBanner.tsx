import type { Environment } from '../gql/graphql';
import { useText } from '../text/Text';

/** Says on every page that this is not the real thing. */
export function EnvironmentBanner({ environment }: { environment: Environment }) {
  const text = useText().environment;
  if (environment === 'PRODUCTION') return null;
  return (
    <aside className="environment" aria-label={text.label} data-environment={environment}>
      {text[environment]}
    </aside>
  );
}
