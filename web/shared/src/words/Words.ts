import { createContext, useContext } from 'react';
import { en, type Words } from './en';

/** The language that the shared parts speak. */
export const WordsContext = createContext<Words>(en);

export const useWords = (): Words => useContext(WordsContext);
