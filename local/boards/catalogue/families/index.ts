import { finance, marketing, people, sales, support } from './business.js';
import { data, design, product } from './data-and-product.js';
import type { JobFamily } from './family.js';
import { care, operations, teaching } from './hands-on.js';
import { backend, embedded, frontend, fullstack, mobile, platform, quality, security } from './software.js';

export type { JobFamily } from './family.js';

type Weighted = { value: JobFamily; weight: number };

const software: Weighted[] = [
  { value: frontend, weight: 9 },
  { value: backend, weight: 11 },
  { value: fullstack, weight: 7 },
  { value: mobile, weight: 4 },
  { value: platform, weight: 6 },
  { value: quality, weight: 3 },
  { value: security, weight: 3 },
  { value: data, weight: 7 },
  { value: product, weight: 5 },
  { value: design, weight: 4 },
];

const office: Weighted[] = [
  { value: marketing, weight: 5 },
  { value: sales, weight: 6 },
  { value: support, weight: 5 },
  { value: finance, weight: 3 },
  { value: people, weight: 3 },
];

/** How many of a company's jobs are of which kind, by what the company does. */
export const familiesByIndustry = {
  software: [...software, ...office],
  finance: [...software, ...office, { value: finance, weight: 14 }],
  health: [...software.map(lighter), ...office, { value: care, weight: 40 }],
  retail: [...software.map(lighter), ...office, { value: operations, weight: 30 }],
  making: [
    ...software.map(lighter),
    ...office,
    { value: embedded, weight: 14 },
    { value: operations, weight: 22 },
  ],
  learning: [...software.map(lighter), ...office, { value: teaching, weight: 25 }],
  agency: [
    { value: marketing, weight: 10 },
    { value: design, weight: 8 },
    { value: frontend, weight: 6 },
    ...office,
  ],
} satisfies Record<string, Weighted[]>;
export type Industry = keyof typeof familiesByIndustry;

function lighter({ value, weight }: Weighted): Weighted {
  return { value, weight: weight / 4 };
}
