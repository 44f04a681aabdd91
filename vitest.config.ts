import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src-*/**/*.test.ts', 'src-*/**/*.test.tsx', '.ci/**/*.test.ts'],
    // Two cores are what a small build machine has; more workers only make timings lie.
    maxWorkers: 2,
    // Real sockets and processes on a machine that can stall: what fails twice is broken. On a desk nothing is tried again.
    retry: process.env['CI'] ? 1 : 0,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
