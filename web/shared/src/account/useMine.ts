import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { useEffect, useMemo } from 'react';
import { useRead, type Read } from '../api/useRead';
import { useSession } from '../session/Viewer';
import { useWords } from '../words/Words';

/**
 * Reads what is the viewer's own. Where the server answers that there is no viewer, the session is over: then the
 * sign-in is asked for, and once somebody is there again so is this.
 */
export function useMine<Data extends { viewer: unknown }, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Read<Data> {
  // In another language some things have other names: they are read anew.
  const { language } = useWords();
  const context = useMemo(() => ({ language }), [language]);
  const read = useRead(document, variables, { context });
  const { ended, reload } = useSession();
  const missing = read.data?.viewer === null;
  useEffect(() => {
    if (!missing || ended) return;
    reload();
    read.reload();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- asked once each time that it comes to this
  }, [missing, ended]);
  return read;
}
