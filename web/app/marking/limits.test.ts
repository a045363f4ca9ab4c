import { jobMarkBounds } from '../../../domain/job-mark.js';
import { markLimits } from './limits.js';

test('the forms ask for what the API takes', () => {
  expect(markLimits).toEqual(jobMarkBounds);
});
