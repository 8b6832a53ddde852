import type { StaffSearch } from '../staff/search';
import type { UsersSearch } from './search';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The list that led to a user's page. */
    list?: UsersSearch;
    /** The list that led to the page of one of the staff. */
    staffList?: StaffSearch;
    /** Where the pages before this one begin; the first begins at ''. Cursors lead forwards only. */
    trail?: string[];
  }
}
