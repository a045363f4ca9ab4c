// Every board that the sample server speaks for: one line each.
export { arbeitnow } from './arbeitnow.js';
export { ashby } from './ashby.js';
export { greenhouse } from './greenhouse.js';
export { himalayas } from './himalayas.js';
export { hn } from './hn.js';
export { indeedSite } from './indeed-site.js';
export { jobicy } from './jobicy.js';
export { bayt, glassdoor, google, indeed, linkedin, naukri, zipRecruiter } from './jobspy.js';
export { lever } from './lever.js';
export { linkedinSite } from './linkedin-site.js';
export { recruitee } from './recruitee.js';
export { remoteok } from './remoteok.js';
export { remotive } from './remotive.js';
export { smartrecruiters } from './smartrecruiters.js';
export { themuse } from './themuse.js';
export { workable } from './workable.js';
