import { createTheme, type CSSVariablesResolver } from '@mantine/core';
import type { Words } from './words/en';

/** The house look: one accent, a 4 px grid, tabular figures for numbers and codes. */
export const themeIn = (words: Words) => createTheme({
  primaryColor: 'teal',
  primaryShade: 9,
  autoContrast: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    // Dialogs and tooltips live in one place, which a page can hide as a whole.
    Portal: { defaultProps: { target: '#portals' } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 200 } },
    Modal: {
      // A dialog's heading is no banner of the page.
      defaultProps: { overlayProps: { backgroundOpacity: 0.5 }, transitionProps: { duration: 0 }, attributes: { header: { role: 'none' } } },
    },
    ModalCloseButton: { defaultProps: { 'aria-label': words.close } },
  },
});

/** Colours that words can be read in, at 4.5 to 1 or better on both grounds. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--fd-accent-hover': '#066a4c' },
  light: {
    '--mantine-color-dimmed': '#56606b',
    '--mantine-color-error': '#b42318',
    '--mantine-color-body': '#ffffff',
    // Mantine's own is lighter than the button, too light for white words.
    '--mantine-primary-color-filled-hover': 'var(--fd-accent-hover)',
    '--fd-ground': '#f5f6f7',
    '--fd-panel': '#ffffff',
    '--fd-line': '#dfe3e7',
    '--fd-good': '#0b6b45',
    '--fd-bad': '#b42318',
    '--fd-warn': '#8a5300',
    '--fd-busy': '#1f5fa8',
    '--fd-neutral': '#56606b',
    '--fd-hover': '#f2f4f6',
  },
  dark: {
    '--mantine-color-dimmed': '#a3adb8',
    '--mantine-color-error': '#ff9b8f',
    '--mantine-color-body': '#1a1d21',
    // Mantine's own is lighter than the button, too light for white words.
    '--mantine-primary-color-filled-hover': 'var(--fd-accent-hover)',
    '--fd-ground': '#121417',
    '--fd-panel': '#1a1d21',
    '--fd-line': '#31373e',
    '--fd-good': '#5fd3a0',
    '--fd-bad': '#ff9b8f',
    '--fd-warn': '#f5b95a',
    '--fd-busy': '#84bdf7',
    '--fd-neutral': '#a3adb8',
    '--fd-hover': '#23282e',
  },
});
