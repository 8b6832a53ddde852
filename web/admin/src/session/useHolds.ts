import { useSession, type Viewer } from '@factordesk/shared';

/** Whether a page is worth offering. What may be done to a user is for `viewerCan` to say. */
export const useHolds = (permission: Viewer['permissions'][number]): boolean => useSession().viewer.permissions.includes(permission);
