import '@tanstack/react-router';

/** Who is invited, and to what, as the form holds it. */
export interface Invited {
  email: string;
  firstName: string;
  lastName: string;
  adminLevel: boolean;
  roleIds: string[];
}

export type WrongInvite = Partial<Record<keyof Invited, string>>;

export const nobody: Invited = { email: '', firstName: '', lastName: '', adminLevel: false, roleIds: [] };

export const inviteLabels: Record<keyof Invited, string> = {
  email: 'Email address',
  firstName: 'First name',
  lastName: 'Last name',
  adminLevel: 'Level',
  roleIds: 'Roles',
};

/** What is wrong with an invitation without asking anybody. */
export function wrongInvite({ email, firstName, lastName }: Invited): WrongInvite {
  return {
    ...(email.trim() ? {} : { email: 'Give the address that the invitation goes to' }),
    ...(firstName.trim() ? {} : { firstName: 'Give the first name' }),
    ...(lastName.trim() ? {} : { lastName: 'Give the last name' }),
  };
}

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Whoever is to be invited again. It is never part of an address. */
    invited?: Invited;
  }
}
