import { useEffect } from 'react';

/** Names the window. Never by a person, a number or a code: titles are kept in histories and shown in shared screens. */
export function useTitle(title: string) {
  useEffect(() => {
    document.title = `${title} · Factordesk`;
  }, [title]);
}
