import type { Viewer } from './Viewer';

/** How long before the end the warning comes. */
export const WARN_MS = 2 * 60_000;

/** The server writes a session's last use once a minute: its idle time may be up that much earlier. */
const SLACK_MS = 60_000;

/** When the session ends if nothing more is asked, in ms since 1970, and whether for want of use. */
export function endsAt(viewer: Pick<Viewer, 'sessionEndsAt' | 'sessionIdleSeconds'>, lastContact: number) {
  const idleEnd = lastContact + viewer.sessionIdleSeconds * 1000 - SLACK_MS;
  const dayEnd = Date.parse(viewer.sessionEndsAt);
  return { at: Math.min(idleEnd, dayEnd), idle: idleEnd < dayEnd };
}
