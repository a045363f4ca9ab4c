import { currencyRates, payAYear } from '../domain/currency-rates.js';
import { salaryPeriods } from '../domain/posting.js';
import { startTestStack, type TestStack } from '../local/testing/stack.js';
import { applyCurrencyRates } from './currency-rates.js';
import { createServiceClient } from './supabase.js';

let stack: TestStack;

beforeAll(async () => {
  stack = await startTestStack();
  const client = createServiceClient({
    SUPABASE_URL: stack.supabaseUrl,
    SUPABASE_SERVICE_ROLE_KEY: stack.serviceRoleKey,
    SUPABASE_TIMEOUT_MS: 10_000,
  });
  // As at each start: the second changes nothing.
  await applyCurrencyRates(client);
  await applyCurrencyRates(client);
});
afterAll(() => stack?.stop());

test('every rate is in the database', async () => {
  const rows = await stack.sql`select currency, per_euro::float8 as rate from currency_rates`;
  expect(Object.fromEntries(rows.map(({ currency, rate }) => [currency, rate]))).toEqual(currencyRates);
});

test.each(salaryPeriods.flatMap((period) => [[period, 'USD'] as const, [period, 'INR'] as const]))(
  'pay by the %s in %s is matched as it is shown, but for rounding',
  async (period, currency) => {
    const [row] = await stack.sql`
      select convert_pay(salary_a_year(1234, ${period}), ${currency}, 'GBP')::float8 as amount`;
    expect(row?.amount).toBeGreaterThan(0);
    expect(payAYear({ min: 1_234, currency, period }, 'GBP')?.min).toBe(Number(row?.amount.toPrecision(3)));
  },
);
