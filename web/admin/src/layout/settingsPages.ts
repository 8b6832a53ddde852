import { useHolds } from '../session/useHolds';

/** The pages of the settings, each with what a viewer must hold for it. */
const pages = [
  { to: '/settings', label: 'General', permission: 'MANAGE_SETTINGS' },
  { to: '/settings/providers', label: 'SMS providers', permission: 'MANAGE_PROVIDERS' },
  { to: '/settings/jobs', label: 'Jobs', permission: 'MANAGE_PROVIDERS' },
] as const;

export type SettingsPage = (typeof pages)[number];

/** The pages of the settings that the viewer is offered. */
export function useSettingsPages(): SettingsPage[] {
  const held = { MANAGE_SETTINGS: useHolds('MANAGE_SETTINGS'), MANAGE_PROVIDERS: useHolds('MANAGE_PROVIDERS') };
  return pages.filter(({ permission }) => held[permission]);
}
