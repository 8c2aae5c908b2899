import { createContext, useContext } from 'react';
import { createTheme, type Theme } from './looks.ts';

const ThemeContext = createContext<Theme>(
  createTheme({ colors: false, unicode: false, isSpoken: false }),
);

export const ThemeProvider = ThemeContext.Provider;

export function useTheme(): Theme {
  return useContext(ThemeContext);
}
