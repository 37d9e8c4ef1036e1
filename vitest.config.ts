import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** A machine that is busy otherwise shows a change later than in the second that is the default. */
const patient = { poll: { timeout: 20_000 } }

/** Three rings: `unit` shares one process and touches nothing outside; `integration` starts real parts; `browser` drives Chromium. */
export default defineConfig({
  test: {
    // Many tests wait for programs: two at a time keep two cores busy.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Measured when everything runs (npm test); tools/gates/coverage.ts holds the floor.
    coverage: {
      provider: 'v8',
      include: ['apps/server/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.generated.ts', '**/testing/**'],
      reporter: ['json-summary'],
      reportsDirectory: 'coverage',
      reportOnFailure: true,
    },
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.ts',
            'apps/server/src/**/*.test.ts',
            'apps/cli/src/**/*.test.ts',
            'tools/**/*.test.ts',
            'bench/**/*.test.ts',
          ],
          exclude: ['packages/ui/**', '**/*.integration.test.ts', '**/node_modules/**'],
          isolate: false,
          environment: 'node',
          testTimeout: 60_000,
          expect: patient,
        },
      },
      {
        test: {
          name: 'web',
          include: ['apps/web/src/**/*.test.{ts,tsx}', 'packages/ui/src/**/*.test.{ts,tsx}'],
          isolate: false,
          environment: 'jsdom',
          setupFiles: ['./apps/web/src/testing/setup.ts'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          globalSetup: ['./packages/testkit/src/database-setup.ts'],
          include: [
            'apps/{server,cli}/src/**/*.integration.test.ts',
            'tools/**/*.integration.test.ts',
            'apps/server/tests/**/*.test.ts',
            'packages/*/tests/**/*.test.ts',
          ],
          environment: 'node',
          // Some start several programs and wait for each: there is room for more than one wait of testkit's `until`.
          testTimeout: 120_000,
          hookTimeout: 180_000,
          expect: patient,
        },
      },
      {
        test: {
          name: 'browser',
          globalSetup: ['./packages/testkit/src/database-setup.ts'],
          include: ['apps/web/tests/**/*.test.ts'],
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 180_000,
          expect: patient,
          // After the others, one at a time: a browser takes what there is.
          sequence: { groupOrder: 1 },
          maxWorkers: 1,
        },
      },
    ],
  },
})
