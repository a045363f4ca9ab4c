import { createContext, useContext } from 'react';

/** The page's Content-Security-Policy nonce. Browsers hide it from scripts, so it is empty after rendering. */
export const NonceContext = createContext('');
export const useNonce = () => useContext(NonceContext);
