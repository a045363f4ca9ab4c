import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, Page } from 'playwright-core';

export interface DeviceOptions {
  colorScheme?: 'light' | 'dark';
  /** In CSS pixels. */
  width?: number;
  javaScript?: boolean;
  userAgent?: string;
  timeZone?: string;
  /** Another address of the site, as behind a network that a test can break. */
  siteUrl?: string;
  /** How far the device's clock is from the right time, in milliseconds. */
  clockOffByMs?: number;
}

export interface Person {
  email: string;
  password: string;
}

export const somebody = (): Person => ({
  email: `person-${randomUUID()}@example.com`,
  password: `pw-${randomUUID()}`,
});

/** A browser of its own, with what people do on the site by the names that they see. */
export interface Device {
  page: Page;
  context: BrowserContext;
  go(path: string): Promise<void>;
  signUp(person?: Person): Promise<Person>;
  signIn(person: Person): Promise<void>;
  /** Fills the form and starts a search. @returns the run's id, from the page it leads to. */
  search(title: string, options?: { boards?: string[] }): Promise<string>;
  /** Pastes the address of a company's jobs and waits until the page shows it in this state. */
  follow(address: string, state: string): Promise<void>;
  runId(): string;
  /** Waits until the run's page shows this state. */
  sees(status: string): Promise<void>;
  results(): Promise<string[]>;
  close(): Promise<void>;
}

/** Generous: it bounds a test that can no longer pass, and says nothing about speed. */
const patienceMs = 120_000;

export async function openDevice(
  browser: Browser,
  url: string,
  complaints: string[],
  options: DeviceOptions = {},
): Promise<Device> {
  const { colorScheme = 'light', width = 1280, javaScript = true, userAgent, clockOffByMs = 0 } = options;
  const { timeZone = 'Europe/London', siteUrl = url } = options;
  const context = await browser.newContext({
    baseURL: siteUrl,
    colorScheme,
    viewport: { width, height: 900 },
    javaScriptEnabled: javaScript,
    userAgent,
    timezoneId: timeZone,
    // Pages are looked at as they come to rest.
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(patienceMs);
  if (clockOffByMs !== 0) await context.addInitScript(shiftClock, clockOffByMs);
  const page = await context.newPage();
  page.on('pageerror', ({ message }) => {
    // What Remix reads is aborted when the page is left: turbo-stream's promise of its end (`done`) then rejects, and
    // nobody handles it.
    if (message !== 'signal is aborted without reason') complaints.push(`${page.url()}: ${message}`);
  });
  page.on('console', (message) => {
    // A refused form and a page that is not there answer 4xx; a page left while it reads aborts that. The
    // browser calls each an error.
    const expected = /^Failed to load resource|^AbortError: signal is aborted/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !expected)
      complaints.push(`${page.url()}: ${message.text()}`);
  });

  const enter = async (path: string, person: Person, button: string) => {
    await page.goto(path);
    await page.getByLabel('Email address').fill(person.email);
    await page.getByLabel('Password').fill(person.password);
    await page.getByRole('main').getByRole('button', { name: button }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
  };
  const runId = () => {
    const id = /\/runs\/([0-9a-f-]{36})/.exec(page.url())?.[1];
    if (!id) throw new Error(`${page.url()} is no run's page`);
    return id;
  };
  return {
    page,
    context,
    go: async (path) => {
      await page.goto(path);
      // What is entered before the page's script has taken over is the browser's alone.
      if (javaScript) await page.waitForFunction(isTakenOver);
    },
    signUp: async (person = somebody()) => {
      await enter('/sign-up', person, 'Create account');
      return person;
    },
    signIn: (person) => enter('/sign-in', person, 'Sign in'),
    search: async (title, { boards } = {}) => {
      if (new URL(page.url(), siteUrl).pathname !== '/') await page.goto('/');
      await page.getByLabel('Job title').fill(title);
      if (boards) {
        await page.getByText('Boards and unwanted words').click();
        const choice = page.getByRole('group', { name: 'Boards', exact: true });
        for (const box of await choice.getByRole('checkbox', { disabled: false }).all())
          await box.setChecked(boards.includes((await box.getAttribute('value')) ?? ''));
      }
      await page.getByRole('button', { name: 'Search the boards' }).click();
      await page.waitForURL(/\/runs\//);
      return runId();
    },
    follow: async (address, state) => {
      if (new URL(page.url(), siteUrl).pathname !== '/companies') await page.goto('/companies');
      await page.getByRole('textbox', { name: 'Address of a company’s jobs page' }).fill(address);
      await page.getByRole('button', { name: 'Follow', exact: true }).click();
      // The one followed last stands first.
      await page.locator(`[data-company][data-state="${state}"]`).first().waitFor();
    },
    runId,
    sees: async (status) => {
      await page.locator(`[data-status="${status}"]`).waitFor();
    },
    results: () => page.locator('[data-posting] h3').allTextContents(),
    close: () => context.close(),
  };
}

/** Runs in the page, before its own scripts: every reading of the clock is off. */
function shiftClock(offset: number) {
  const RealDate = Date;
  class ShiftedDate extends RealDate {
    constructor(...values: []) {
      if (values.length === 0) super(RealDate.now() + offset);
      else super(...values);
    }
    static override now() {
      return RealDate.now() + offset;
    }
  }
  globalThis.Date = ShiftedDate as DateConstructor;
}

/** Runs in the page: React has its properties on what it has taken over. */
const isTakenOver = () =>
  Object.keys(document.querySelector('main') ?? {}).some((key) => key.startsWith('__reactProps'));
