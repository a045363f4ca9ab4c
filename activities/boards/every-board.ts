// Every job board: one line each.
export { arbeitnow } from './arbeitnow.js';
export { ashby } from './ashby.js';
export { greenhouse } from './greenhouse.js';
export { himalayas } from './himalayas.js';
export { hn } from './hn.js';
export { jobicy } from './jobicy.js';
export { lever } from './lever.js';
export { recruitee } from './recruitee.js';
export { remoteok } from './remoteok.js';
export { remotive } from './remotive.js';
export { smartrecruiters } from './smartrecruiters.js';
export { themuse } from './themuse.js';
export { workable } from './workable.js';
