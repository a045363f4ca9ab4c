/** The site's own build, as its server is given it. */
declare module 'virtual:remix/server-build' {
  export const routes: import('@remix-run/node').ServerBuild['routes'];
}
