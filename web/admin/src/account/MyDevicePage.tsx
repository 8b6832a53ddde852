import { DevicePage } from '@factordesk/shared/account';
import { useNavigate, useParams } from '@tanstack/react-router';

export function MyDevicePage() {
  const { deviceId } = useParams({ from: '/account/devices/$deviceId' });
  const navigate = useNavigate();
  return <DevicePage deviceId={deviceId} onRemoved={() => void navigate({ to: '/account', replace: true })} />;
}
