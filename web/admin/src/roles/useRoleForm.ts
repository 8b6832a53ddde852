import { operation, useAct, type Fault } from '@factordesk/shared';
import { useState } from 'react';
import { useClient } from 'urql';
import { SaveStaffRoleDocument, StaffRolesDocument, type ShownRoleFragment } from '../gql/graphql';
import { mended } from '../layout/mended';
import { changesOf, draftOf, inputOf, isChanged, namesake, rebased, wrongWith, type Draft, type Wrong } from './draft';

/** The form of a role: what stands, what is typed over it, and what came of saving. What was typed is kept until it is saved. */
export function useRoleForm(first: ShownRoleFragment | undefined, onSaved: (words: string) => void) {
  const { act, busy } = useAct(SaveStaffRoleDocument);
  const client = useClient();
  const [role, setRole] = useState(first);
  const [draft, setDraft] = useState<Draft>(() => draftOf(first));
  const [wrong, setWrong] = useState<Wrong>({});
  const [fault, setFault] = useState<Fault>();
  /** Someone else saved first: why that is in the way, and the role as they left it. */
  const [stale, setStale] = useState<{ fault: Fault; stored: ShownRoleFragment }>();
  const [loaded, setLoaded] = useState(false);

  const base = draftOf(role);
  const changes = changesOf(base, draft);

  /** What is changed counts as mended, until it is looked at again. */
  const change = (part: Partial<Draft>) => {
    setDraft((now) => ({ ...now, ...part }));
    setWrong((now) => mended(now, part));
  };

  /** Of a conflict: somebody else was first, the name is taken, or nobody could manage roles any more. */
  const conflict = async (fault: Fault) => {
    const { data } = await client.query(operation(StaffRolesDocument), {}, { requestPolicy: 'network-only' }).toPromise();
    const all = data?.staffRoles ?? [];
    const stored = all.find(({ id }) => id === role?.id);
    if (role && stored && stored.version !== role.version) return setStale({ fault, stored });
    if (namesake(all, draft.name, role?.id)) return setWrong({ name: fault.message });
    setFault(fault);
  };

  /** Puts what was typed onto what is stored now. */
  const load = () => {
    if (!stale) return;
    setDraft(rebased(base, draft, draftOf(stale.stored)));
    setRole(stale.stored);
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
    const { data, fault } = await act({ input: inputOf(role, draft) });
    const saved = data?.saveStaffRole?.role;
    if (saved) return onSaved(role ? `“${saved.name}” is saved. It holds at the next act of whoever has it.` : `“${saved.name}” is added. Nobody holds it yet: give it to staff under Staff.`);
    if (fault?.code === 'CONFLICT') return conflict(fault);
    if (fault?.field && fault.field in draft) return setWrong({ [fault.field]: fault.message });
    setFault(fault);
  };

  return { role, draft, changes, changed: isChanged(changes), wrong, fault, stale, loaded, busy, change, load, save };
}
