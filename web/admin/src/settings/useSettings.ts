import { faultsOf, operation, useAct, type Fault } from '@factordesk/shared';
import { useState } from 'react';
import { useClient } from 'urql';
import { SettingsDocument, UpdateInstitutionDocument } from '../gql/graphql';
import type { Draft, Field, Settings } from './fields';
import { changed, draftOf, inputOf, onto, settingsOf, wrongWith, type Accepted, type Merged, type Wrong } from './settings';

/** What someone else saved while the form was open. */
export interface Meanwhile extends Merged {
  /** The settings as they stand now. */
  theirs: Draft;
}

const NOTHING_ACCEPTED: Accepted = { email: false, voip: false };

/** The form of the settings: what stands, what is typed over it, and what came of saving. */
export function useSettings(first: Settings) {
  const client = useClient();
  const { act, busy } = useAct(UpdateInstitutionDocument);
  const [settings, setSettings] = useState(first);
  const [draft, setDraft] = useState(() => draftOf(first));
  const [accepted, setAccepted] = useState(NOTHING_ACCEPTED);
  const [wrong, setWrong] = useState<Wrong>({});
  const [fault, setFault] = useState<Fault>();
  const [meanwhile, setMeanwhile] = useState<Meanwhile>();
  const [saved, setSaved] = useState<Field[]>();

  const base = draftOf(settings);
  const fields = changed(base, draft);

  /** What is changed counts as mended, until it is looked at again. */
  const change = (part: Partial<Draft>) => {
    setSaved(undefined);
    setDraft((now) => ({ ...now, ...part }));
    setWrong((now) => Object.fromEntries(Object.entries(now).filter(([field]) => !(field in part))));
  };
  const accept = (part: Partial<Accepted>) => {
    setAccepted((now) => ({ ...now, ...part }));
    setWrong((now) => ({ ...now, emailRisk: undefined, voipRisk: undefined }));
  };
  const start = (now: Settings) => {
    setSettings(now);
    setAccepted(NOTHING_ACCEPTED);
    setWrong({});
    setFault(undefined);
    setMeanwhile(undefined);
  };
  const discard = () => {
    start(settings);
    setDraft(base);
  };

  /** Reads what someone else has saved, and puts what is typed here onto it. */
  const merge = async () => {
    const { data, error } = await client.query(operation(SettingsDocument), {}, { requestPolicy: 'network-only' }).toPromise();
    const now = settingsOf(data?.institution);
    if (!now) return setFault(faultsOf(error)[0]);
    const theirs = draftOf(now);
    const merged = onto(base, draft, theirs);
    setSettings(now);
    setDraft(merged.draft);
    setMeanwhile({ ...merged, theirs });
  };

  const save = async () => {
    const found = wrongWith(settings, draft, accepted);
    setFault(undefined);
    setMeanwhile(undefined);
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    const { data, fault } = await act({ input: inputOf(settings, draft, fields) });
    const now = settingsOf(data?.updateInstitution?.institution);
    if (now) {
      start(now);
      setDraft(draftOf(now));
      setSaved(fields);
    } else if (fault?.code === 'CONFLICT') await merge();
    else if (fault?.field && fault.field in draft) setWrong({ [fault.field]: fault.message });
    else setFault(fault);
  };

  return { settings, draft, fields, accepted, wrong, fault, meanwhile, saved, busy, change, accept, discard, save };
}

export type SettingsForm = ReturnType<typeof useSettings>;
