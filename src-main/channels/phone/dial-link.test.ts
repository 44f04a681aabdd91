import { expect, test } from 'vitest';
import { readDialLink } from './dial-link.ts';

test.each([
  ['tel:+49301234567', '+49301234567'], ['TEL:030-123 4567', '030-123 4567'], ['callto://+49301234567/', '+49301234567'], ['sip:+49301234567@pbx.example;transport=tls', '+49301234567'], ['sips:101@10.0.0.1:5061', '101'],
  ['tel:(0)30%201234567', '(0)30 1234567'], ['tel:+1-555-0100;ext=12', '+1-555-0100'],
])('%s asks for %s', (link, number) => expect(readDialLink(link)).toEqual({ number }));

test.each([
  'tel:*#06#', 'tel:%2A%2331%23', 'tel:', 'tel:ab', 'tel:12', `tel:${'1'.repeat(30)}`, `tel:${' '.repeat(300)}1234`, 'tel:1234\u0000', 'tel:%E0%A4%A', 'tel:<script>alert(1)</script>', 'sip:anna@example.org', 'javascript:alert(1)', 'file:///etc/passwd', '/etc/passwd', '--headless', '',
])('%j is one sentence and nothing more', (link) => {
  const asked = readDialLink(link);
  expect('problem' in asked && asked.problem).toMatch(/^[^\n]{20,120}\.$/);
});
