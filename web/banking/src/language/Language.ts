import type { Language } from '@factordesk/shared';
import { createContext, useCallback, useContext, useState } from 'react';
import { en, type Words } from '../words/en';
import { es } from '../words/es';

/** All that is said in a language. A new one is a file in words/ and one in the shared parts. */
export const inLanguage: Record<Language, Words> = { EN: en, ES: es };

export const languages = Object.keys(inLanguage) as Language[];

/** The first of the browser's languages that is spoken here; English if none is. */
export function firstSpoken(wanted: readonly string[]): Language {
  const spoken = wanted.map((tag) => tag.slice(0, 2).toUpperCase()).find((tag) => tag in inLanguage);
  return (spoken as Language | undefined) ?? 'EN';
}

export interface LanguageChoice {
  language: Language;
  /** Chosen by hand in this browser, which counts most and is remembered. */
  choose(language: Language): void;
  /** The language of who is signed in, which counts more than the browser's. */
  follow(language: Language): void;
}

const KEY = 'factordesk-language';

function remembered(): Language | null {
  const kept = localStorage.getItem(KEY);
  return kept !== null && kept in inLanguage ? (kept as Language) : null;
}

export function useLanguageChoice(): LanguageChoice {
  const [chosen, setChosen] = useState(remembered);
  const [viewers, setViewers] = useState<Language | null>(null);
  const choose = useCallback((language: Language) => {
    localStorage.setItem(KEY, language);
    setChosen(language);
  }, []);
  return { language: chosen ?? viewers ?? firstSpoken(navigator.languages), choose, follow: setViewers };
}

export const LanguageContext = createContext<LanguageChoice | null>(null);

export function useLanguage(): LanguageChoice {
  const choice = useContext(LanguageContext);
  if (!choice) throw new Error('no language');
  return choice;
}
