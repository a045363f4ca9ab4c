// Every job board: one line each.
export { arbeitnow } from './arbeitnow.js';
export { ashby } from './ashby.js';
export { greenhouse } from './greenhouse.js';
export { jobicy } from './jobicy.js';
export { lever } from './lever.js';
export { remoteok } from './remoteok.js';
export { remotive } from './remotive.js';
