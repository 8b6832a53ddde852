import { useEffect } from 'react';
import { useWords } from '../words/Words';

/** Names the window by its page or, at the dashboard, by the person whom it is about; never by a number or a code. */
export function useTitle(title: string) {
  const { product } = useWords();
  useEffect(() => {
    document.title = `${title} · ${product}`;
  }, [title, product]);
}
