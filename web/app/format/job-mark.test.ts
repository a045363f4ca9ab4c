import type { JobMark } from '../api/types.js';
import { isoDay, withoutMark } from './job-mark.js';

const mark = (fields: Partial<JobMark>): JobMark => ({
  savedAt: null,
  appliedOn: null,
  hiddenAt: null,
  note: null,
  updatedAt: '2026-11-24T10:00:00Z',
  ...fields,
});

test('a mark that is taken back leaves the others and the note', () => {
  const saved = mark({ savedAt: '2026-11-24T10:00:00Z' });
  expect(withoutMark(saved, 'saved')).toBeNull();
  expect(withoutMark(saved, 'applied')).toEqual(saved);
  expect(withoutMark({ ...saved, appliedOn: '2026-11-24' }, 'saved')).toEqual(
    mark({ appliedOn: '2026-11-24' }),
  );
  expect(withoutMark({ ...saved, note: 'Call' }, 'saved')).toEqual(mark({ note: 'Call' }));
  expect(withoutMark(null, 'hidden')).toBeNull();
});

test('a day is the one where the person is', () => {
  const at = Date.parse('2026-11-24T23:30:00Z');
  expect(isoDay(at, 'UTC')).toBe('2026-11-24');
  expect(isoDay(at, 'Europe/Berlin')).toBe('2026-11-25');
  expect(isoDay(at, 'America/New_York')).toBe('2026-11-24');
});
