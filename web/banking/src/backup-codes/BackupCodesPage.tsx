import { FaultAlert, Page, useAct, useMine, useSession, When, type Fault } from '@factordesk/shared';
import accountClasses from '@factordesk/shared/account.module.css';
import { Button, Skeleton, Text } from '@mantine/core';
import { useState } from 'react';
import { GenerateMyBackupCodesDocument, MyBackupCodesDocument } from '../gql/graphql';
import { useWords } from '../words/Words';
import { Codes } from './Codes';

/** The customer's own backup codes: how many are left, and new ones. The codes are in this page's memory and nowhere else. */
export function BackupCodesPage() {
  const words = useWords().backupCodes;
  const { ended } = useSession();
  const read = useMine(MyBackupCodesDocument, {});
  const { act, busy } = useAct(GenerateMyBackupCodesDocument);
  const [codes, setCodes] = useState<string[]>([]);
  const [fault, setFault] = useState<Fault>();
  if (ended && codes.length > 0) setCodes([]);
  const sets = read.data?.viewer?.user.backupCodeSets;
  const own = sets?.find((set) => set.origin === 'SELF');
  const byStaff = sets?.find((set) => set.origin === 'STAFF' && set.remaining > 0);
  const permitted = read.data?.institution?.permittedMethods.includes('BACKUP_CODES');

  const make = async () => {
    const { data, fault } = await act({});
    setFault(fault);
    setCodes(data?.generateMyBackupCodes?.codes ?? []);
    read.reload();
  };
  if (codes.length > 0) return <Codes codes={codes} onDone={() => setCodes([])} />;
  return (
    <Page title={words.title} lead={words.lead}>
      {read.faults[0] && <FaultAlert fault={read.faults[0]} onRetry={read.reload} />}
      {sets ? (
        <div className={`${accountClasses.panel} ${accountClasses.padded}`}>
          {byStaff && (
            <Text mb="sm">
              {words.byStaff(byStaff.remaining)}
              {byStaff.expiresAt && (
                <>
                  {' '}
                  {words.until} <When at={byStaff.expiresAt} />
                </>
              )}
            </Text>
          )}
          <Text>{own ? words.left(own.remaining, own.total) : words.none}</Text>
          {own && (
            <Text size="sm" c="dimmed">
              {words.made} <When at={own.generatedAt} precision="day" />
            </Text>
          )}
          {own && permitted && <Text mt="sm">{words.voids}</Text>}
          {fault && <FaultAlert fault={fault} focus />}
          <div className={accountClasses.acts}>
            {permitted ? (
              <Button loading={busy} onClick={() => void make()}>
                {own ? words.again : words.make}
              </Button>
            ) : (
              <Text>{words.notPermitted}</Text>
            )}
          </div>
        </div>
      ) : (
        !read.faults[0] && <Skeleton h={160} />
      )}
    </Page>
  );
}
