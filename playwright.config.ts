import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e/specs',
  outputDir: 'e2e/results',
  // A console mostly waits, so two share two cores; more would test the machine.
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  // A build machine can stall for seconds; what fails there twice is broken. On a desk nothing is tried again.
  retries: process.env['CI'] ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  // Each shell writes a report of its own.
  reporter: [['list'], ['json', { outputFile: process.env['PARLEY_E2E_REPORT'] ?? 'out/test/e2e.json' }]],
});
