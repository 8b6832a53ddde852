import { themeIn as shared, type Language } from '@factordesk/shared';
import { mergeThemeOverrides } from '@mantine/core';
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
  },
};

const made = (language: Language) => mergeThemeOverrides(shared(inLanguage[language].shared), touch);

export const themeIn: Record<Language, ReturnType<typeof made>> = { EN: made('EN'), ES: made('ES') };
