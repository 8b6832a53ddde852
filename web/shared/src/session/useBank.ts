import { useRead } from '../api/useRead';
import { SignInPageDocument, type SignInPageQuery } from '../gql/graphql';

export type Bank = NonNullable<SignInPageQuery['signInPage']>;

/** What the sign-in page of an institution shows; null where there is none of that name. */
export function useBank(slug: string) {
  const { data, faults, reload } = useRead(SignInPageDocument, { institution: slug }, { pause: slug === '', policy: 'cache-first' });
  return { bank: slug === '' ? undefined : data?.signInPage, fault: faults[0], reload };
}
