import { currencyRates } from '../../domain/currency-rates.js';
import { currencies } from './search-fields.js';

test.each(currencies)('pay in %s can be compared', (currency) =>
  expect(currencyRates[currency]).toBeGreaterThan(0),
);
