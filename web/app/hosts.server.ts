/** Whether a `Host` names this machine alone, where nothing is sent over a network that could be listened to. */
export function isLoopback(host: string | null | undefined): boolean {
  const name = (host ?? '').replace(/:\d+$/, '').toLowerCase();
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    /^127(\.\d{1,3}){3}$/.test(name) ||
    name === '[::1]'
  );
}
