import type { Run } from '../api/types.js';

type ClientContext = NonNullable<Run['clientContext']>;

// Order matters: every other browser also calls itself Chrome or Safari.
const browsers: [RegExp, string][] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|OPiOS)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|Chromium|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const systems: [RegExp, string][] = [
  [/\b(iPhone|iPod)\b/, 'iOS'],
  [/\biPad\b/, 'iPadOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

const firstMatch = (table: [RegExp, string][], text: string) =>
  table.find(([pattern]) => pattern.test(text))?.[1];

/** What the `User-Agent` says of the device: enough to tell one's own phone from one's laptop in the history. */
export function clientContext(userAgent: string | null): ClientContext {
  const text = userAgent ?? '';
  const os = firstMatch(systems, text);
  const tablet = /\b(iPad|Tablet)\b/.test(text) || (os === 'Android' && !/\bMobile\b/.test(text));
  const phone = /\b(iPhone|iPod|Mobile)\b/.test(text);
  return {
    device: tablet ? 'tablet' : phone ? 'phone' : os ? 'desktop' : 'other',
    browser: firstMatch(browsers, text),
    os,
  };
}

/** `Chrome on Android phone`; null when nothing is known. */
export function describeDevice(context: Run['clientContext']): string | null {
  if (!context || (context.device === 'other' && !context.browser)) return null;
  const device = [context.os, context.device === 'desktop' ? 'computer' : context.device]
    .filter((part) => part && part !== 'other')
    .join(' ');
  return [context.browser, device].filter(Boolean).join(' on ');
}
