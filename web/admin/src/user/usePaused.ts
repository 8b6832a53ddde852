import { useEffect, useState } from 'react';
import { isPaused } from './attention';

/** The longest that a browser's timer waits. */
const MAX_MS = 2_147_483_647;

/** Whether wrong codes pause a device still, until the moment that they no longer do. */
export function usePaused(device: { pausedUntil: string | null }): boolean {
  const [now, setNow] = useState(() => Date.now());
  const { pausedUntil } = device;
  useEffect(() => {
    const left = pausedUntil ? Date.parse(pausedUntil) - Date.now() : 0;
    if (left <= 0) return setNow(Date.now());
    const timer = setTimeout(() => setNow(Date.now()), Math.min(left + 1, MAX_MS));
    return () => clearTimeout(timer);
  }, [pausedUntil]);
  return isPaused(device, now);
}
