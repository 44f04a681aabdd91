import { expect, test } from 'vitest';
import { moneyLabel, plainAmount, readAmount } from './money.ts';

test.each([
  ['20', 'GBP', 2_000], ['20.5', 'GBP', 2_050], ['20,50', 'EUR', 2_050], ['0.01', 'USD', 1], ['500', 'JPY', 500], ['5.5', 'JPY', null], ['1.234', 'KWD', 1_234], ['1.234', 'GBP', null],
  ['3', null, 3], ['3.5', null, null], ['', 'GBP', null], ['-4', 'GBP', null], ['£20', 'GBP', null],
] as const)('“%s” in %s is %s', (text, currency, amount) => expect(readAmount(text, currency)).toBe(amount));

test.each([[2_050, 'GBP', '£20.50', '20.50'], [500, 'JPY', 'JP¥500', '500'], [3, null, '3', '3']] as const)('%i of %s is shown as %s', (amount, currency, label, plain) => {
  expect([moneyLabel(amount, currency), plainAmount(amount, currency)]).toEqual([label, plain]);
});
