import type { CombinedError } from '@urql/core';

/** The codes of the API's errors, and three of our own: nothing came back, nothing could be asked, and the server has another version than this page. */
export type FaultCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'INVALID_INPUT'
  | 'CONFLICT'
  | 'EXPIRED'
  | 'WRONG_CREDENTIALS'
  | 'WRONG_CODE'
  | 'THROTTLED'
  | 'LOCKED'
  | 'STEP_UP_REQUIRED'
  | 'UNAVAILABLE_IN_UAT'
  | 'PROVIDER_ERROR'
  | 'PROVIDER_UNAVAILABLE'
  | 'UNAVAILABLE'
  | 'TIMEOUT'
  | 'INTERNAL'
  | 'UNREACHABLE'
  | 'OFFLINE'
  | 'NEWER';

/** What went wrong with a request or with a field of it, fit to be shown. */
export interface Fault {
  code: FaultCode;
  /** The server's words, in English; empty where it said nothing. `Words.fault` says them in a person's language. */
  message: string;
  /** The input field that is wrong. */
  field?: string;
  /** Seconds after which it is worth trying again. */
  retryAfterSeconds?: number;
  /** Until when it is forbidden, where that ends. */
  until?: string;
  /** Twilio's own error code. */
  providerCode?: number;
  /** The id of the option by which a code may come instead. */
  tryInstead?: string;
  /** The path of the field in the answer, such as `user.backupCodes`; empty for the request as a whole. */
  path: string;
}

/** Reads the faults out of an error of urql's; none if there is no error. */
export function faultsOf(error: CombinedError | undefined): Fault[] {
  if (!error) return [];
  if (error.graphQLErrors.length === 0) return [{ code: navigator.onLine ? 'UNREACHABLE' : 'OFFLINE', message: '', path: '' }];
  return error.graphQLErrors.map(({ message, path, extensions }) => ({
    code: codeOf(extensions),
    message,
    field: extensions.field as string | undefined,
    retryAfterSeconds: extensions.retryAfterSeconds as number | undefined,
    until: extensions.until as string | undefined,
    providerCode: extensions.providerCode as number | undefined,
    tryInstead: extensions.tryInstead as string | undefined,
    path: path?.join('.') ?? '',
  }));
}

/** A document that the server does not know is one of another version: nobody typed it. */
function codeOf({ code, field }: Record<string, unknown>): FaultCode {
  if (code === 'INVALID_INPUT' && field === 'documentId') return 'NEWER';
  return (code as FaultCode | undefined) ?? 'INTERNAL';
}
