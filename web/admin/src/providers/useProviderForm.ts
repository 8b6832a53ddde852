import { useAct, type Fault } from '@factordesk/shared';
import { useState } from 'react';
import { SaveSmsProviderDocument, type ShownProviderFragment } from '../gql/graphql';
import { mended } from '../layout/mended';
import { changed, draftOf, inputOf, onto, wrongWith, type Draft, type Merged, type Wrong } from './draft';
import { useNewest } from './useNewest';

/** The form of a provider: what stands, what is typed over it, and what came of saving. What was typed is kept until it is saved. */
export function useProviderForm(first: ShownProviderFragment | undefined, all: ShownProviderFragment[], onSaved: (words: string) => void) {
  const { act, busy } = useAct(SaveSmsProviderDocument);
  const newest = useNewest();
  const [provider, setProvider] = useState(first);
  const [fresh] = useState(() => draftOf(undefined, all));
  const [draft, setDraft] = useState<Draft>(() => (first ? draftOf(first) : fresh));
  const [wrong, setWrong] = useState<Wrong>({});
  const [fault, setFault] = useState<Fault>();
  const [meanwhile, setMeanwhile] = useState<Merged>();

  const base = provider ? draftOf(provider) : fresh;
  const fields = changed(base, draft);

  /** What is changed counts as mended, until it is looked at again. */
  const change = (part: Partial<Draft>) => {
    setDraft((now) => ({ ...now, ...part }));
    setWrong((now) => mended(now, part));
  };

  /** Of a conflict: somebody else was first, or the account is there already. */
  const conflict = async (fault: Fault) => {
    const now = provider && (await newest(provider.id));
    if (!provider || !now || now.version === provider.version) {
      if (draft.accountSid.trim()) return setWrong({ accountSid: fault.message });
      return setFault(fault);
    }
    const merged = onto(base, draft, draftOf(now));
    setProvider(now);
    setDraft(merged.draft);
    setMeanwhile(merged);
  };

  const save = async () => {
    const found = wrongWith(draft, !provider);
    setFault(undefined);
    setMeanwhile(undefined);
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    const { data, fault } = await act({ input: inputOf(provider, draft, fields) });
    const saved = data?.saveSmsProvider?.provider;
    if (saved) return onSaved(provider ? `“${saved.name}” is saved. Twilio took it.` : `“${saved.name}” is added. Twilio took it.`);
    if (fault?.code === 'CONFLICT') return conflict(fault);
    if (fault?.field && fault.field in draft) return setWrong({ [fault.field]: fault.message });
    setFault(fault);
  };

  return { provider, draft, fields, wrong, fault, meanwhile, busy, change, save };
}

export type Form = ReturnType<typeof useProviderForm>;
