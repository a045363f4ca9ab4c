/**
 * Supabase's newer keys (`sb_publishable_…`, `sb_secret_…`) are no tokens. The client sends the key as a bearer token
 * too where nobody is signed in, and Supabase refuses that as a token that is malformed; the header `apikey` is enough.
 */
export function fetchWithKey(key: string, fetchIt: typeof fetch): typeof fetch {
  if (!key.startsWith('sb_')) return fetchIt;
  return (input, init) => {
    const headers = new Headers(init?.headers);
    if (headers.get('authorization') === `Bearer ${key}`) headers.delete('authorization');
    return fetchIt(input, { ...init, headers });
  };
}
