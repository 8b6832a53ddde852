import type { CodeRowFragment } from '../gql/graphql';

export type Row = CodeRowFragment;

/** The rows that are known, and whether older ones are. */
export interface Rows {
  rows: Row[];
  /** The place after which older rows come; null if there are none. */
  older: string | null;
}

const newestFirst = (a: Row, b: Row): number => Date.parse(b.requestedAt) - Date.parse(a.requestedAt);

/** Puts a row in the place of what was known of it, or where its time puts it. */
export function put(rows: readonly Row[], row: Row): Row[] {
  if (rows.some(({ id }) => id === row.id)) return rows.map((known) => (known.id === row.id ? row : known));
  return [row, ...rows].sort(newestFirst);
}

/** What is known once the newest page was read again: older rows stay where the page reaches them. */
export function newest(known: Rows | undefined, page: Rows): Rows {
  const fresh = new Set(page.rows.map(({ id }) => id));
  if (!known?.rows.some(({ id }) => fresh.has(id))) return page;
  const rows = page.rows.reduce(put, known.rows);
  return { rows, older: rows.length > page.rows.length ? known.older : page.older };
}

/** What is known once an older page was read, too. */
export const older = (known: Rows | undefined, page: Rows): Rows => ({ rows: page.rows.reduce(put, known?.rows ?? []), older: page.older });

/** What is known once a row has changed or is new; one of a page that was not read is left to that page. */
export function changed(known: Rows, row: Row): Rows {
  const last = known.rows.at(-1);
  if (known.older !== null && last && newestFirst(row, last) > 0) return known;
  return { ...known, rows: put(known.rows, row) };
}
