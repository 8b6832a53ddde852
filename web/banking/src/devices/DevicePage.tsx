import { DevicePage as Shared } from '@factordesk/shared/account';
import { useNavigate, useParams } from '@tanstack/react-router';

export function DevicePage() {
  const { deviceId } = useParams({ from: '/devices/$deviceId' });
  const navigate = useNavigate();
  return <Shared deviceId={deviceId} onRemoved={() => void navigate({ to: '/', replace: true })} />;
}
