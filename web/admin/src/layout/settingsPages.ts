import { useSession } from '@factordesk/shared';

/** The pages of the settings, each with what a viewer must hold for it. */
const pages = [
  { to: '/settings', label: 'General', permission: 'MANAGE_SETTINGS' },
  { to: '/settings/providers', label: 'SMS providers', permission: 'MANAGE_PROVIDERS' },
  { to: '/settings/jobs', label: 'Jobs', permission: 'MANAGE_PROVIDERS' },
  { to: '/settings/staff', label: 'Staff', permission: 'MANAGE_STAFF' },
  { to: '/settings/roles', label: 'Roles', permission: 'MANAGE_ROLES' },
  { to: '/settings/access-review', label: 'Access review', permission: 'VIEW_AUDIT_LOG' },
] as const;

export type SettingsPage = (typeof pages)[number];

/** The pages of the settings that the viewer is offered. */
export function useSettingsPages(): SettingsPage[] {
  const { viewer } = useSession();
  return pages.filter(({ permission }) => viewer.permissions.includes(permission));
}
