import { index, type RouteConfig, route } from '@remix-run/route-config';

export default [
  index('routes/home/route.tsx'),
  route('sign-up', 'routes/sign-up.tsx'),
  route('sign-in', 'routes/sign-in.tsx'),
  route('sign-out', 'routes/sign-out.ts'),
  route('theme', 'routes/theme.ts'),
  route('history', 'routes/history/route.tsx'),
  route('history/act', 'routes/history/act.ts'),
  route('saved', 'routes/saved/route.tsx'),
  route('saved/:id/delete', 'routes/saved/delete.tsx'),
  route('jobs', 'routes/jobs/route.tsx'),
  route('jobs/mark', 'routes/jobs/mark.ts'),
  route('companies', 'routes/companies/route.tsx'),
  route('companies/:board/:token', 'routes/companies/postings.tsx'),
  route('companies/:board/:token/unfollow', 'routes/companies/unfollow.tsx'),
  route('runs/:id', 'routes/run/route.tsx'),
  route('runs/:id/results', 'routes/run/results.ts'),
  route('runs/:id/events', 'routes/run/events.ts'),
  route('active-runs', 'routes/active-runs.ts'),
  route('events', 'routes/events.ts'),
  route('*', 'routes/not-found.tsx'),
] satisfies RouteConfig;
