/**
 * Which colours has the JSON editor in light and in dark? Those of the studio.
 * Also called: Monaco theme, 配色.
 */
import type { editor } from 'monaco-editor/editor';

type Colours = editor.IStandaloneThemeData;

const light: Colours = {
  base: 'vs',
  inherit: true,
  rules: [
    { token: 'string.key.json', foreground: '2b2f7a' },
    { token: 'string.value.json', foreground: '1c6b43' },
    { token: 'number.json', foreground: '8a5a12' },
    { token: 'keyword.json', foreground: '8a5a12' },
  ],
  colors: {
    'editor.background': '#ffffff',
    'editorLineNumber.foreground': '#6d7280',
    'editorLineNumber.activeForeground': '#2b2f7a',
    'editor.lineHighlightBackground': '#f4f5f9',
    'editor.lineHighlightBorder': '#00000000',
    'editorIndentGuide.background1': '#e6e8ee',
  },
};

const dark: Colours = {
  base: 'vs-dark',
  inherit: true,
  rules: [
    { token: 'string.key.json', foreground: 'aab4f5' },
    { token: 'string.value.json', foreground: '8ed6ad' },
    { token: 'number.json', foreground: 'e6c088' },
    { token: 'keyword.json', foreground: 'e6c088' },
  ],
  colors: {
    'editor.background': '#181b24',
    'editorLineNumber.foreground': '#8b92a5',
    'editorLineNumber.activeForeground': '#c3caf7',
    'editor.lineHighlightBackground': '#20242f',
    'editor.lineHighlightBorder': '#00000000',
    'editorIndentGuide.background1': '#2b303d',
  },
};

export const colours = { 'kanade-light': light, 'kanade-dark': dark } as const;
