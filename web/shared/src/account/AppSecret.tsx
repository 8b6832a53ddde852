import { Button, Text } from '@mantine/core';
import { More } from '../parts/More';
import { useWords } from '../words/Words';
import accountClasses from './Account.module.css';
import classes from './AppSecret.module.css';
import { QRCode } from './QRCode';

/** An app's secret in its three forms: to open on this phone, to scan with another, to type. */
export function AppSecret({ uri, png, secret }: { uri: string; png: string; secret: string }) {
  const words = useWords().account.addApp;
  return (
    <div className={`${accountClasses.panel} ${accountClasses.padded}`}>
      <Button component="a" href={uri} variant="default" fullWidth>
        {words.open}
      </Button>
      <Text ta="center" c="dimmed" my="sm">
        {words.orScan}
      </Text>
      <QRCode png={png} label={words.qrCode} />
      <More summary={words.cannotScan}>
        <Text size="sm">{words.type}</Text>
        <Text className={`mono ${classes.secret}`} mt="xs" data-secret>
          {inFours(secret)}
        </Text>
      </More>
    </div>
  );
}

/** Letters in groups, as they are easiest to type off. */
const inFours = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ');
