import { useWords } from '../words/Words';
import type { Option } from './challenge';

/** Gives the words by which a way is offered in place of one that did not work. */
export function useOfferWords(): (option: Option) => string {
  const { instead } = useWords().secondFactor;
  return ({ id, label }) => (id.startsWith('CALL_INSTEAD:') ? instead.call : id.startsWith('TEXT_INSTEAD:') ? instead.text : label);
}
