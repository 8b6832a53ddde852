/** The staff of the demo's institutions, with the numbers their codes go to. */
export const people = {
  admin: { institution: 'harbor', email: 'admin@harbor.example', phone: '+12025550181' },
  agent: { institution: 'harbor', email: 'agent@harbor.example', phone: '+12025550182' },
  viewer: { institution: 'harbor', email: 'viewer@harbor.example', phone: '+12025550183' },
  summit: { institution: 'summit', email: 'admin@summit.example', phone: '+12025550184' },
} as const;

export type Person = (typeof people)[keyof typeof people];

export const password = 'factordesk-demo';
