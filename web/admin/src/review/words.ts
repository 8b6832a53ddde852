import type { ReviewedGrantFragment } from '../gql/graphql';

/** What gives somebody a permission. */
export const source = ({ roles }: ReviewedGrantFragment): string => (roles.length > 0 ? roles.join(', ') : 'Admin level');

/** Who gave it: a name, or an operator who ran a command. */
export const giver = ({ grantedBy }: ReviewedGrantFragment): string =>
  grantedBy === null ? 'Not on record' : grantedBy.startsWith('operator:') ? `Operator ${grantedBy.slice('operator:'.length)}` : grantedBy;

/** How many of the staff a page of the review is about. */
export const countInWords = (count: number): string => (count === 1 ? '1 person shown' : `${count} people shown`);
