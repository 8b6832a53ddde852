import { Button, Text } from '@mantine/core';
import { useWords } from '../words/Words';
import { QRCode } from './QRCode';

/** An app's secret in its three forms: to open on this phone, to scan with another, to type. */
export function AppSecret({ uri, png, secret }: { uri: string; png: string; secret: string }) {
  const words = useWords().account.addApp;
  return (
    <div className="panel section-body padded">
      <Button component="a" href={uri} variant="default" fullWidth>
        {words.open}
      </Button>
      <Text ta="center" c="dimmed" my="sm">
        {words.orScan}
      </Text>
      <QRCode png={png} label={words.qrCode} />
      <details className="trouble">
        <summary>{words.cannotScan}</summary>
        <Text size="sm">{words.type}</Text>
        <Text className="secret mono" mt="xs">
          {inFours(secret)}
        </Text>
      </details>
    </div>
  );
}

/** Letters in groups, as they are easiest to type off. */
const inFours = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ');
