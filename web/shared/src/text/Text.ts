import { createContext, useContext } from 'react';
import { en, type Text } from './en';

/** The language that the shared parts speak. */
export const TextContext = createContext<Text>(en);

export const useText = (): Text => useContext(TextContext);
