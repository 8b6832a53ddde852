import { expect, test } from 'vitest';
import { bareCode } from './code';

test.each([
  ['240202', '240202'],
  ['240-202', '240202'],
  [' 240 202\t', '240202'],
  ['240\u2013202', '240202'],
  ['240\u2011202', '240202'],
  ['240\u2212202', '240202'],
  ['２４０２０２', '240202'],
  ['٢٤٠٢٠٢', '240202'],
  ['۲۴۰۲۰۲', '240202'],
  ['२४०२०२', '240202'],
  ['\u200e240202\u202c', '240202'],
  ['240\u00a0202', '240202'],
  ['7X9QK-2MZP4-8WTRD', '7X9QK2MZP48WTRD'],
  ['7x9qk\u20142mzp4 8wtrd', '7x9qk2mzp48wtrd'],
  ['', ''],
])('%j is meant as %s', (typed, meant) => {
  expect(bareCode(typed)).toBe(meant);
});
