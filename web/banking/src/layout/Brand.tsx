import { Icon } from '@factordesk/shared';
import classes from './Brand.module.css';

/** Whose page this is. */
export function Brand({ name }: { name: string }) {
  return (
    <span className={classes.brand}>
      <Icon name="bank" size={26} />
      <span>{name}</span>
    </span>
  );
}
