import type { AuditAction, AuditLogFilter } from '../gql/graphql';
import { held } from '../layout/address';
import { actions } from './words';

/** What the address of the log says. Days are the viewer's; `to` is the last one shown. `after` is the place the page begins at. */
export interface AuditSearch {
  action?: AuditAction;
  actor?: string;
  target?: string;
  from?: string;
  to?: string;
  after?: string;
}

const day = (given: unknown) => (typeof given === 'string' && /^\d{4}-\d\d-\d\d$/.test(given) && !isNaN(midnight(given).getTime()) ? given : undefined);

/** Reads an address, and passes over what makes no sense. */
export const parseSearch = (given: Record<string, unknown>): AuditSearch => ({
  action: typeof given.action === 'string' && Object.hasOwn(actions, given.action) ? (given.action as AuditAction) : undefined,
  actor: held(given.actor),
  target: held(given.target),
  from: day(given.from),
  to: day(given.to),
  after: held(given.after),
});

/** What to ask the API for. */
export const filterOf = ({ action, actor, target, from, to }: AuditSearch): AuditLogFilter => ({
  action,
  actorId: actor,
  targetId: target,
  from: from && midnight(from).toISOString(),
  to: to && midnight(to, 1).toISOString(),
});

export const isFiltered = ({ action, actor, target, from, to }: AuditSearch): boolean => Boolean(action ?? actor ?? target ?? from ?? to);

/** The beginning of a day in the viewer's zone, or of a day after it. */
function midnight(date: string, later = 0): Date {
  const [year = NaN, month = NaN, dayOfMonth = NaN] = date.split('-').map(Number);
  return new Date(year, month - 1, dayOfMonth + later);
}
