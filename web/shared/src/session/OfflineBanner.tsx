import { useNetwork } from '@mantine/hooks';
import { Icon } from '../parts/Icon';
import { useText } from '../text/Text';

/** Says on every page that nothing can be asked. */
export function OfflineBanner() {
  const text = useText().offline;
  const { online } = useNetwork();
  if (online) return null;
  return (
    <aside className="offline" aria-label={text.label} role="status">
      <Icon name="alert" /> {text.message}
    </aside>
  );
}
