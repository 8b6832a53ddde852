import { expect, test } from 'vitest';
import { changed, newest, older, put, type Row } from './rows';

/** A row that was asked for at a minute. */
const row = (minute: number, outcome: Row['outcome'] = 'PENDING') =>
  ({ id: `ca_${minute}`, requestedAt: new Date(Date.UTC(2026, 0, 2, 3, minute)).toISOString(), outcome }) as Row;
const ids = (rows: readonly Row[]) => rows.map(({ id }) => id);

test('a change takes the place of what was known', () => {
  const rows = put([row(3), row(2), row(1)], row(2, 'ENTERED'));
  expect(ids(rows)).toEqual(['ca_3', 'ca_2', 'ca_1']);
  expect(rows[1]?.outcome).toBe('ENTERED');
});

test('a new row comes where its time puts it', () => {
  expect(ids(put([row(3), row(1)], row(4)))).toEqual(['ca_4', 'ca_3', 'ca_1']);
  expect(ids(put([row(3), row(1)], row(2)))).toEqual(['ca_3', 'ca_2', 'ca_1']);
});

test('the newest page, read again, keeps the older ones that follow it', () => {
  const known = { rows: [row(4), row(3), row(2), row(1)], older: 'before 1' };
  const read = newest(known, { rows: [row(5), row(4, 'ENTERED'), row(3)], older: 'before 3' });
  expect(ids(read.rows)).toEqual(['ca_5', 'ca_4', 'ca_3', 'ca_2', 'ca_1']);
  expect(read.rows[1]?.outcome).toBe('ENTERED');
  expect(read.older).toBe('before 1');
});

test('the newest page, read again, is all there is where rows between may be missing', () => {
  const page = { rows: [row(9), row(8)], older: 'before 8' };
  expect(newest({ rows: [row(2), row(1)], older: null }, page)).toEqual(page);
  expect(newest(undefined, page)).toEqual(page);
});

test('a row that came by itself does not hide that there are older ones', () => {
  expect(newest({ rows: [row(2)], older: null }, { rows: [row(2), row(1)], older: 'before 1' }).older).toBe('before 1');
});

test('an older page comes below', () => {
  const read = older({ rows: [row(4), row(3)], older: 'before 3' }, { rows: [row(2), row(1)], older: null });
  expect(ids(read.rows)).toEqual(['ca_4', 'ca_3', 'ca_2', 'ca_1']);
  expect(read.older).toBeNull();
});

test('what changes on a page that was not read is left to that page', () => {
  const known = { rows: [row(4), row(3)], older: 'before 3' };
  expect(changed(known, row(1))).toEqual(known);
  expect(ids(changed({ ...known, older: null }, row(1)).rows)).toEqual(['ca_4', 'ca_3', 'ca_1']);
  expect(ids(changed(known, row(5)).rows)).toEqual(['ca_5', 'ca_4', 'ca_3']);
});
