import { cssVariables as sharedVariables, themeIn as shared, type Language } from '@factordesk/shared';
import { mergeThemeOverrides, type CSSVariablesResolver } from '@mantine/core';
import { inLanguage } from './language/Language';

/** The house look, made for thumbs: what is touched is 48 px high. */
const touch = {
  components: {
    Button: { defaultProps: { size: 'md' }, vars: () => ({ root: { '--button-height': '48px' } }) },
    Input: { defaultProps: { size: 'md' }, vars: () => ({ wrapper: { '--input-height': '48px' } }) },
    InputWrapper: { defaultProps: { size: 'md' } },
    PasswordInput: { defaultProps: { size: 'md' } },
    TextInput: { defaultProps: { size: 'md' } },
    ActionIcon: { defaultProps: { size: 44 } },
    RadioCard: { defaultProps: { mih: 56, radius: 10 } },
  },
};

const made = (language: Language) => mergeThemeOverrides(shared(inLanguage[language].shared), touch);

export const themeIn: Record<Language, ReturnType<typeof made>> = { EN: made('EN'), ES: made('ES') };

/** The house colours, and what makes room for thumbs where Mantine has no part of its own. */
export const cssVariables: CSSVariablesResolver = (theme) => {
  const { variables, ...colours } = sharedVariables(theme);
  return { ...colours, variables: { ...variables, '--fd-touch-height': '44px', '--fd-touch-padding': '10px' } };
};
