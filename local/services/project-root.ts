import { fileURLToPath } from 'node:url';

/** The folder that holds package.json; every program is started in it. Built, this is part of `build/local/*.js`: as deep. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

export const inProject = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
