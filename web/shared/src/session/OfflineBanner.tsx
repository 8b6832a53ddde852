import { useNetwork } from '@mantine/hooks';
import { Icon } from '../parts/Icon';
import { useWords } from '../words/Words';
import classes from './OfflineBanner.module.css';

/** Says on every page that nothing can be asked. */
export function OfflineBanner() {
  const words = useWords().offline;
  const { online } = useNetwork();
  if (online) return null;
  return (
    <div className={`no-print ${classes.offline}`} aria-label={words.label} role="status">
      <Icon name="alert" /> {words.message}
    </div>
  );
}
