import type { Fetcher, FetcherParams } from '@graphiql/toolkit';
import { getOperationAST, OperationTypeNode, type ExecutionResult, type GraphQLError } from 'graphql';
import { createClient } from 'graphql-sse';

const url = '/graphql';

/** Queries and mutations go as JSON, subscriptions as server-sent events, both with this origin's cookies only. */
export const fetcher: Fetcher = (params, options) => {
  const headers = (options?.headers ?? {}) as Record<string, string>;
  const operation = options?.documentAST && getOperationAST(options.documentAST, params.operationName);
  if (operation?.operation === OperationTypeNode.SUBSCRIPTION) {
    return createClient({ url, headers, credentials: 'same-origin', retryAttempts: 0 }).iterate(request(params));
  }
  return post(params, headers);
};

function request({ query, operationName, variables }: FetcherParams) {
  return { query, operationName: operationName ?? undefined, variables: variables as Record<string, unknown> };
}

type Answer = ExecutionResult<Record<string, unknown>>;

async function post(params: FetcherParams, headers: Record<string, string>): Promise<Answer> {
  const answer = await fetch(url, {
    method: 'POST',
    credentials: 'same-origin',
    headers: {
      Accept: 'application/graphql-response+json, application/json;q=0.9',
      'Content-Type': 'application/json',
      ...headers,
    },
    body: JSON.stringify(request(params)),
  });
  const text = await answer.text();
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return { errors: [{ message: `${url} answered ${answer.status} without JSON: ${text.slice(0, 500)}` } as GraphQLError] };
  }
}
