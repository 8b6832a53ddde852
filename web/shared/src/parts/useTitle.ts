import { useEffect } from 'react';
import { useWords } from '../words/Words';

/** Names the window. Never by a person, a number or a code: titles are kept in histories and shown in shared screens. */
export function useTitle(title: string) {
  const { product } = useWords();
  useEffect(() => {
    document.title = `${title} · ${product}`;
  }, [title, product]);
}
