import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one accent. Every other colour on a screen means urgency, or is a structure of the spine. */
const spruce: MantineColorsTuple = [
  '#e8f5f6',
  '#d3e8ea',
  '#a5d0d5',
  '#74b7bf',
  '#4fa2ac',
  '#37959f',
  '#1f8490',
  '#0f7280',
  '#0b6472',
  '#04505c',
];

export const theme = createTheme({
  primaryColor: 'spruce',
  primaryShade: { light: 8, dark: 5 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  colors: { spruce },
  fontFamily:
    'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  cursorType: 'pointer',
});
