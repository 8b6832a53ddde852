/** The staff of the demo's institutions, with the numbers their codes go to. */
export const people = {
  admin: { institution: 'harbor', email: 'admin@harbor.example', phone: '+12025550181' },
  agent: { institution: 'harbor', email: 'agent@harbor.example', phone: '+12025550182' },
  viewer: { institution: 'harbor', email: 'viewer@harbor.example', phone: '+12025550183' },
  summit: { institution: 'summit', email: 'admin@summit.example', phone: '+12025550184' },
} as const;

/** Customers of harbor, named for their situation. */
export const customers = {
  mobile: { institution: 'harbor', email: 'mobile@customer.example', phone: '+12025550101' },
  landline: { institution: 'harbor', email: 'landline@customer.example', phone: '+12025550102' },
  voip: { institution: 'harbor', email: 'voip@customer.example', phone: '+12025550103' },
  abroad: { institution: 'harbor', email: 'abroad@customer.example', phone: '+447700900104' },
} as const;

export interface Person {
  institution: string;
  email: string;
  phone: string;
}

/** The secret of the app of harbor's mobile@customer.example. */
export const appSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

export const password = 'factordesk-demo';
