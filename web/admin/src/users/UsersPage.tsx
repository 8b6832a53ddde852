import { useTitle } from '../layout/useTitle';

export function UsersPage() {
  useTitle('Users');
  return null;
}
