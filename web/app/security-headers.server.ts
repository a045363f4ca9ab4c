import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLoopback } from './hosts.server.js';

const everywhere = {
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** What every answer carries, whoever writes it: pages, files, streams, redirects and errors. */
export function protectEveryAnswer(): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    for (const [name, value] of Object.entries(everywhere)) response.setHeader(name, value);
    // Whoever came over TLS once comes no other way for a year.
    if (!isLoopback(request.headers.host)) {
      response.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
    }
  });
}

/** The policy of a page. Scripts and styles are of this site, or carry the page's nonce. */
export function setContentPolicy(headers: Headers, nonce: string): void {
  // Vite's development server puts styles into the page itself.
  const styles = process.env.NODE_ENV === 'development' ? "'unsafe-inline'" : `'nonce-${nonce}'`;
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' ${styles}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  headers.set('Content-Security-Policy', policy.join('; '));
}
