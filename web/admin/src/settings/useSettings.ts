import { faultsOf, operation, useAct, type Fault } from '@factordesk/shared';
import { useState } from 'react';
import { useClient } from 'urql';
import { SettingsDocument, UpdateInstitutionDocument } from '../gql/graphql';
import { mended } from '../layout/mended';
import type { Draft, Field, Settings } from './fields';
import { changed, consequencesOf, draftOf, inputOf, onto, settingsOf, wrongWith, type Accepted, type Merged, type Wrong } from './settings';

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
  const [consequences, setConsequences] = useState<string[]>();

  const base = draftOf(settings);
  const fields = changed(base, draft);

  /** What is changed counts as mended, until it is looked at again. */
  const change = (part: Partial<Draft>) => {
    setSaved(undefined);
    setDraft((now) => ({ ...now, ...part }));
    setWrong((now) => mended(now, part));
  };
  const accept = (part: Partial<Accepted>) => {
    setAccepted((now) => ({ ...now, ...part }));
    setWrong((now) => mended(now, { emailRisk: true, voipRisk: true }));
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

  /** Reads what someone else has saved, and puts what is typed here onto it. Nobody has if the conflict is within the change itself. */
  const merge = async (conflict: Fault) => {
    const { data, error } = await client.query(operation(SettingsDocument), {}, { requestPolicy: 'network-only' }).toPromise();
    const now = settingsOf(data?.institution);
    if (!now) return setFault(faultsOf(error)[0]);
    if (now.version === settings.version) return setFault(conflict);
    const theirs = draftOf(now);
    const merged = onto(base, draft, theirs);
    setSettings(now);
    setDraft(merged.draft);
    setMeanwhile({ ...merged, theirs });
  };

  const refused = async (fault: Fault | undefined) => {
    if (fault?.code === 'CONFLICT') await merge(fault);
    else if (fault?.field && fault.field in draft) setWrong({ [fault.field]: fault.message });
    else setFault(fault);
  };

  const write = async () => {
    const { data, fault } = await act({ input: inputOf(settings, draft, fields) });
    setConsequences(undefined);
    const now = settingsOf(data?.updateInstitution?.institution);
    if (!now) return refused(fault);
    start(now);
    setDraft(draftOf(now));
    setSaved(fields);
  };

  /** Saves what nothing new comes of, and asks before anything else. */
  const save = async () => {
    const found = wrongWith(settings, draft, accepted);
    setFault(undefined);
    setMeanwhile(undefined);
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    const { data, fault } = await act({ input: { ...inputOf(settings, draft, fields), dryRun: true } });
    const then = settingsOf(data?.updateInstitution?.institution);
    if (!then) return refused(fault);
    const ahead = consequencesOf(settings, then);
    if (ahead.length > 0) setConsequences(ahead);
    else await write();
  };
  const keepEditing = () => setConsequences(undefined);

  return { settings, draft, fields, accepted, wrong, fault, meanwhile, saved, busy, consequences, change, accept, discard, save, write, keepEditing };
}

export type SettingsForm = ReturnType<typeof useSettings>;
