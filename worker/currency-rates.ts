import type { SupabaseClient } from '@supabase/supabase-js';
import { currencyRates, currencyRatesDate } from '../domain/currency-rates.js';

/** Hands the rates for comparing pay to the database, which matches by them. */
export async function applyCurrencyRates(supabase: SupabaseClient): Promise<void> {
  const { error } = await supabase.from('currency_rates').upsert(
    Object.entries(currencyRates).map(([currency, per_euro]) => ({
      currency,
      per_euro,
      as_of: currencyRatesDate,
    })),
  );
  if (error) throw new Error(`The currency rates could not be written: ${error.message}`);
}
