import type { UserDevicesFragment } from '../gql/graphql';

export type Device = NonNullable<UserDevicesFragment['devices']>[number];
