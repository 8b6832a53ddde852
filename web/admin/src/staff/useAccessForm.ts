import { operation, useAct, type Fault } from '@factordesk/shared';
import { useState } from 'react';
import { useClient } from 'urql';
import { SaveStaffDocument, StaffMemberDocument, type StaffMemberFragment } from '../gql/graphql';
import { mended } from '../layout/mended';
import { changed, draftOf, inputOf, rebased, wrongWith, type Draft, type Wrong } from './draft';

/** The form of what one of the staff may do. What was chosen is kept until it is saved. */
export function useAccessForm(first: StaffMemberFragment, onSaved: (words: string) => void) {
  const { act, busy } = useAct(SaveStaffDocument);
  const client = useClient();
  const [member, setMember] = useState(first);
  const [draft, setDraft] = useState<Draft>(() => draftOf(first));
  const [wrong, setWrong] = useState<Wrong>({});
  const [fault, setFault] = useState<Fault>();
  /** Someone else saved first: why that is in the way, and what they left. */
  const [stale, setStale] = useState<{ fault: Fault; stored: StaffMemberFragment }>();
  const [loaded, setLoaded] = useState(false);
  const base = draftOf(member);
  const fields = changed(base, draft);

  /** What is changed counts as mended, until it is looked at again. */
  const change = (part: Partial<Draft>) => {
    setDraft((now) => ({ ...now, ...part }));
    setWrong((now) => mended(now, part));
  };

  /** Of a conflict: somebody else was first, or nobody could manage roles and staff any more. */
  const conflict = async (fault: Fault) => {
    const { data } = await client.query(operation(StaffMemberDocument), { id: member.id }, { requestPolicy: 'network-only' }).toPromise();
    const stored = data?.staff?.nodes.find(({ id }) => id === member.id);
    if (stored?.staffAccess && stored.staffAccess.version !== member.staffAccess?.version) return setStale({ fault, stored });
    setFault(fault);
  };

  /** Puts what was chosen onto what is stored now. */
  const load = () => {
    if (!stale) return;
    setDraft(rebased(base, draft, draftOf(stale.stored)));
    setMember(stale.stored);
    setStale(undefined);
    setLoaded(true);
  };

  const save = async () => {
    const found = wrongWith(draft);
    setFault(undefined);
    setStale(undefined);
    setLoaded(false);
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    const { data, fault } = await act({ input: inputOf(member, draft) });
    const saved = data?.saveStaff?.user;
    if (saved) {
      setMember(saved);
      setDraft(draftOf(saved));
      return onSaved(`What ${saved.firstName} may do is saved. It holds at their next act.`);
    }
    if (fault?.code === 'CONFLICT') return conflict(fault);
    if (fault?.field && fault.field in draft) return setWrong({ [fault.field]: fault.message });
    setFault(fault);
  };

  return { member, base, draft, fields, wrong, fault, stale, loaded, busy, change, load, save };
}
