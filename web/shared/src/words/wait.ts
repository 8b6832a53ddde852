/** Says how long to wait: in seconds up to two minutes, then in minutes, rounded up. The units are every language's. */
export const wait = (seconds: number): string => (seconds <= 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`);

/** Says how long it has been: as `wait`, but never more than it was. */
export const passed = (seconds: number): string => (seconds <= 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`);
