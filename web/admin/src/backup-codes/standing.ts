import type { Tone } from '@factordesk/shared';
import type { BackupCodeSetFragment, BackupCodeStatus } from '../gql/graphql';
import { statuses } from './words';

interface Codes {
  codes: Pick<BackupCodeSetFragment['codes'][number], 'status' | 'usedAt'>[];
}
type Counted = Codes & Pick<BackupCodeSetFragment, 'total' | 'remaining'>;

/** How a set stands, in a few words. */
export function standing({ total, remaining, codes }: Counted): { tone: Tone; words: string } {
  if (remaining > 0) return { tone: 'good', words: `${remaining} of ${total} codes left` };
  const some = (status: BackupCodeStatus) => codes.some((code) => code.status === status);
  if (some('VOIDED')) return { tone: 'neutral', words: 'No codes left: the set was made void' };
  if (some('EXPIRED')) return { tone: 'neutral', words: 'No codes left: the set expired' };
  return { tone: 'neutral', words: `No codes left: all ${total} were used` };
}

/** How many codes are how: `7 unused, 3 used`. */
export function tally({ codes }: Codes): string {
  return (Object.keys(statuses) as BackupCodeStatus[])
    .map((status) => ({ status, count: codes.filter((code) => code.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${statuses[status]}`)
    .join(', ');
}

/** When a code of the set was last used; undefined if never. */
export const lastUsed = ({ codes }: Codes): string | undefined =>
  codes
    .flatMap(({ usedAt }) => usedAt ?? [])
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1);
