import type { UsersSearch } from './search';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The list that led to a user's page. */
    list?: UsersSearch;
    /** Where the pages before this one begin; the first begins at ''. Cursors lead forwards only. */
    trail?: string[];
  }
}
