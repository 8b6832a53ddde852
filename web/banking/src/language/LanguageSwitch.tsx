import type { Language } from '@factordesk/shared';
import { Anchor } from '@mantine/core';
import { useWords } from '../words/Words';
import { inLanguage, languages, useLanguage } from './Language';
import classes from './LanguageSwitch.module.css';

/** Offers each other language, in that language: of all, or of those that the bank speaks. */
export function LanguageSwitch({ spoken = languages }: { spoken?: readonly Language[] }) {
  const { language, choose } = useLanguage();
  const words = useWords();
  return (
    <div role="group" aria-label={words.language}>
      {languages
        .filter((other) => other !== language && spoken.includes(other))
        .map((other) => (
          <Anchor key={other} component="button" type="button" className={classes.language} lang={inLanguage[other].shared.language} onClick={() => choose(other)}>
            {inLanguage[other].ownName}
          </Anchor>
        ))}
    </div>
  );
}
