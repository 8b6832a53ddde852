import { Icon } from '@factordesk/shared';

/** Whose page this is. */
export function Brand({ name }: { name: string }) {
  return (
    <span className="brand">
      <Icon name="bank" size={26} />
      <span>{name}</span>
    </span>
  );
}
