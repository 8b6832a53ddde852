import { Anchor } from '@mantine/core';
import { useWords } from '../words/Words';
import { inLanguage, languages, useLanguage } from './Language';
import classes from './LanguageSwitch.module.css';

/** Offers each other language, in that language. */
export function LanguageSwitch() {
  const { language, choose } = useLanguage();
  const words = useWords();
  return (
    <div role="group" aria-label={words.language}>
      {languages
        .filter((other) => other !== language)
        .map((other) => (
          <Anchor key={other} component="button" type="button" className={classes.language} lang={inLanguage[other].shared.language} onClick={() => choose(other)}>
            {inLanguage[other].ownName}
          </Anchor>
        ))}
    </div>
  );
}
