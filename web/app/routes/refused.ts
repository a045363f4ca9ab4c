const refuse = () =>
  new Response('Another site has sent this. Open the page here, and do it there.\n', {
    status: 403,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  });

/** What another site has a browser send ends here (`foreign-requests.server.ts`). */
export const action = refuse;
export const loader = refuse;
