import { Button, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Fault } from '../api/fault';
import { useAct } from '../api/useAct';
import { RenameDeviceDocument } from '../gql/graphql';
import { FaultAlert } from '../parts/FaultAlert';
import { useWords } from '../words/Words';
import accountClasses from './Account.module.css';
import type { Device } from './naming';

export function RenameForm({ device }: { device: Device }) {
  const words = useWords();
  const { act, busy } = useAct(RenameDeviceDocument);
  const [label, setLabel] = useState(device.label);
  const [fault, setFault] = useState<Fault>();
  const [saved, setSaved] = useState(false);

  const save = async () => {
    setFault(undefined);
    setSaved(false);
    const { data, fault } = await act({ input: { deviceId: device.id, label: label.trim() } });
    setFault(fault);
    setSaved(Boolean(data?.renameDevice));
  };

  return (
    <form
      className={`${accountClasses.panel} ${accountClasses.padded}`}
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
    >
      <TextInput
        label={words.account.devices.name}
        description={words.account.devices.nameHint}
        value={label}
        onChange={(e) => {
          setSaved(false);
          setLabel(e.currentTarget.value);
        }}
        maxLength={50}
        autoComplete="off"
        error={fault?.field === 'label' ? words.fault(fault) : undefined}
      />
      {fault && fault.field !== 'label' && <FaultAlert fault={fault} focus />}
      <div className={accountClasses.acts}>
        <Button type="submit" variant="default" loading={busy} disabled={label.trim() === device.label}>
          {words.account.save}
        </Button>
        <Text role="status" size="sm">
          {saved && words.account.devices.saved}
        </Text>
      </div>
    </form>
  );
}
