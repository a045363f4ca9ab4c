import { launch } from '../local/services/process.js';
import { programOf } from '../local/services/programs.js';

const good = {
  SUPABASE_URL: 'http://127.0.0.1:1',
  SUPABASE_SERVICE_ROLE_KEY: 'a key that nobody asks for',
};

async function startAndEnd(settings: Record<string, string>) {
  const started = launch(programOf('worker', { ...good, ...settings }));
  try {
    return { exit: await started.exited, output: started.output() };
  } finally {
    await started.stop();
  }
}

test.each<[string, Record<string, string>, string]>([
  ['no sender beside a mail server', { SMTP_URL: 'smtp://127.0.0.1:1' }, 'MAIL_FROM: is missing'],
  [
    'a sender that is none',
    { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'The Fox' },
    'MAIL_FROM: must be an address, such as Searching The Fox <mail@example.com>',
  ],
  [
    'ticks forgotten before the watchdog is done with them',
    { TICK_RETENTION_DAYS: '30' },
    'TICK_RETENTION_DAYS: must be at least 31',
  ],
])('%s: the process ends, and names the setting', async (_what, settings, reason) => {
  const { exit, output } = await startAndEnd(settings);
  expect(exit).toEqual({ code: 2, signal: null });
  expect(output).toContain(reason);
});

test('every wrong setting is named at once, and without a mail server nobody asks for a sender', async () => {
  const { output } = await startAndEnd({ SMTP_URL: 'smtp://127.0.0.1:1', SWEEP_INTERVAL_SECONDS: '0' });
  expect(output).toContain('MAIL_FROM: is missing');
  expect(output).toContain('SWEEP_INTERVAL_SECONDS: must be at least 1');
  expect((await startAndEnd({ SWEEP_INTERVAL_SECONDS: '0' })).output).not.toContain('MAIL_FROM');
});
