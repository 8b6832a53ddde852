import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';

/** How long typing must rest before it is searched for. */
const REST_MS = 200;

/** What stands in the search field: it runs ahead of the address while one types, and follows it otherwise. */
export function useSearchText(address: string, toAddress: (search: string) => void) {
  const [text, setText] = useState(address);
  const sent = useRef(address);
  useEffect(() => {
    if (address === sent.current) return;
    sent.current = address;
    setText(address);
  }, [address]);

  const send = useDebouncedCallback((typed: string) => {
    sent.current = typed.trim();
    toAddress(sent.current);
  }, REST_MS);
  const type = (typed: string) => {
    setText(typed);
    send(typed);
  };
  return { text, type };
}
