import type { Page, Request } from 'playwright-core';

/** Asks the API as whoever is signed in on a page, for what a story needs to be there before it begins. */
export function ask<Data>(page: Page, query: string, variables: Record<string, unknown> = {}, client: 'admin' | 'banking' = 'admin'): Promise<Data> {
  return page.evaluate(
    async ({ client, body }) => {
      const answer = await fetch('/graphql', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Factordesk-Client': client },
        body: JSON.stringify(body),
      });
      return ((await answer.json()) as { data: Data }).data;
    },
    { client, body: { query, variables } },
  );
}

/** The id of the user with an address. */
export async function userId(page: Page, email: string): Promise<string> {
  const found = await ask<{ users: { nodes: { id: string }[] } }>(page, 'query($email: String!) { users(search: $email) { nodes { id } } }', { email });
  const [user] = found.users.nodes;
  if (!user) throw new Error(`nobody has the address ${email}`);
  return user.id;
}

/** The variables of an operation that a page asks for. */
export const variablesOf = (request: Request): Record<string, unknown> & { input?: Record<string, unknown> } =>
  (request.postDataJSON() as { variables?: Record<string, unknown> } | null)?.variables ?? {};
