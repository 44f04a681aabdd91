import { createContext, useContext } from 'react';

const Shown = createContext(true);
export const ShownProvider = Shown.Provider;

/** False for what is made before anybody asked for it: it may read what lies on this machine, and has no effect on anything until it is shown. */
export const useIsShown = (): boolean => useContext(Shown);
