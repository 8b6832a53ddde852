import type { Environment } from '../gql/graphql';

const words: Record<Exclude<Environment, 'PRODUCTION'>, string> = {
  DEVELOPMENT: 'Development: nothing here is real',
  UAT: 'UAT: no texts or calls are sent; codes go by mail',
};

/** Says on every page that this is not the real thing. */
export function EnvironmentBanner({ environment }: { environment: Environment }) {
  if (environment === 'PRODUCTION') return null;
  return (
    <aside className="environment" aria-label="Environment" data-environment={environment}>
      {words[environment]}
    </aside>
  );
}
