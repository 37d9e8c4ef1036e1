import type { IRegularForbiddenRuleType } from 'dependency-cruiser'

/**
 * The table of ARCHITECTURE.md §2 as rules of dependency-cruiser. Each rule names what must not be; a test plants one
 * fault for each of them, so that none can go blind unnoticed (rules.test.ts).
 */

/** Tests, and what exists for tests only, may reach across layers. */
const TESTS = String.raw`(\.test\.tsx?$|\.acceptance\.ts$|/testing(/|\.ts$)|/tests/|/shots\.ts$)`

const SERVER = '^apps/server/src'
const ENGINES =
  '^packages/(quantum|reconcile|records|membership|federation-wire|locators|document-schema|ui)/'
const CORE = '^packages/(kernel|contracts)/'
/** Quantum's binding to sockets and timers. */
const SOCKETS = '^packages/quantum/src/node/'
const RUN_TIME_NPM = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'] as const

type Rule = IRegularForbiddenRuleType & { name: string }

const forbid = (name: string, comment: string, rule: Pick<IRegularForbiddenRuleType, 'from' | 'to'>): Rule =>
  ({ name, comment, severity: 'error', ...rule }) as Rule

const libraries: readonly Rule[] = [
  forbid('kernel-stands-alone', 'L0: the kernel imports nothing of ours', {
    from: { path: '^packages/kernel/', pathNot: TESTS },
    to: { path: '^(packages|apps)/', pathNot: '^packages/kernel/' },
  }),
  forbid('kernel-has-no-dependencies', 'L0: no third-party run-time code in the kernel', {
    from: { path: '^packages/kernel/', pathNot: TESTS },
    to: { dependencyTypes: [...RUN_TIME_NPM] },
  }),
  forbid('contracts-need-the-kernel-only', 'L0: contracts may import the kernel', {
    from: { path: '^packages/contracts/', pathNot: TESTS },
    to: { path: '^(packages|apps)/', pathNot: CORE },
  }),
  forbid('engines-need-the-core-only', 'L1: an engine may import L0, and no other engine', {
    from: { path: ENGINES, pathNot: TESTS },
    to: { path: '^(packages|apps)/', pathNot: [CORE, '^packages/$1/'] },
  }),
  forbid('engines-are-portable', 'L0 to L2 run in browsers too: no node:* (quantum/node binds sockets)', {
    from: { path: [ENGINES, CORE, '^packages/sdk/'], pathNot: [TESTS, SOCKETS] },
    to: { dependencyTypes: ['core'] },
  }),
  forbid('sdk-needs-core-and-engines', 'L2: the client imports L0 and L1', {
    from: { path: '^packages/sdk/', pathNot: TESTS },
    to: { path: '^(packages|apps)/', pathNot: [CORE, ENGINES, '^packages/sdk/'] },
  }),
  forbid('libraries-know-no-app', 'Only the test kit may start the server', {
    from: { path: '^packages/', pathNot: [TESTS, '^packages/testkit/'] },
    to: { path: '^apps/' },
  }),
  forbid('testkit-is-for-tests', 'What ships does not import the test kit', {
    from: { path: '^(apps|packages)/', pathNot: [TESTS, '^packages/testkit/'] },
    to: { path: '^packages/testkit/' },
  }),
]

const server: readonly Rule[] = [
  forbid('platform-looks-down', 'Platform: never capabilities, roles, configuration or the entry point', {
    from: { path: `${SERVER}/platform/`, pathNot: TESTS },
    to: { path: `${SERVER}/(capabilities/|roles/|config/|main\\.ts)` },
  }),
  forbid('server-uses-core-and-engines', 'The server imports L0, L1 and itself', {
    from: { path: `${SERVER}/`, pathNot: TESTS },
    to: { path: '^(packages|apps)/', pathNot: [CORE, ENGINES, '^apps/server/'] },
  }),
  forbid('capabilities-meet-at-the-door', "A capability imports another one's index.ts only", {
    from: { path: `${SERVER}/capabilities/([^/]+)/`, pathNot: TESTS },
    to: {
      path: `${SERVER}/capabilities/[^/]+/`,
      pathNot: [`${SERVER}/capabilities/$1/`, `${SERVER}/capabilities/[^/]+/index\\.ts$`],
    },
  }),
  forbid('capabilities-use-ports', 'A capability imports the ports of the platform, never an adapter', {
    from: { path: `${SERVER}/capabilities/[^/]+/`, pathNot: TESTS },
    to: { path: `${SERVER}/platform/[^/]+/[^/]+/` },
  }),
  forbid('capabilities-look-down', 'A capability knows no role, no configuration and no entry point', {
    from: { path: `${SERVER}/capabilities/`, pathNot: TESTS },
    to: { path: `${SERVER}/(roles/|config/|main\\.ts)` },
  }),
  forbid('roles-do-not-meet', 'Roles talk through contracts, not through imports', {
    from: { path: `${SERVER}/roles/([^/]+)/`, pathNot: TESTS },
    to: { path: `${SERVER}/roles/[^/]+/`, pathNot: `${SERVER}/roles/$1/` },
  }),
  forbid('outside-requests-have-one-door', 'Requests to other machines go through platform/outbound', {
    from: { path: `${SERVER}/`, pathNot: [TESTS, `${SERVER}/platform/outbound/`] },
    to: { path: 'node_modules/undici/' },
  }),
  forbid(
    'sql-lives-in-stores',
    'Only a store.ts of a capability, and the platform, touch the database driver',
    {
      from: {
        path: `${SERVER}/capabilities/`,
        pathNot: [TESTS, String.raw`/store[^/]*\.ts$`, '/store/'],
      },
      to: { path: 'node_modules/(kysely|pg|pg-boss)/', dependencyTypesNot: ['type-only'] },
    },
  ),
]

const everywhere: readonly Rule[] = [
  forbid('clients-know-no-server', 'L4: web, site, mobile and CLI reach the server through the SDK', {
    from: { path: '^apps/(web|site|mobile|cli)/', pathNot: TESTS },
    to: { path: '^apps/server/' },
  }),
  forbid('apps-do-not-meet', 'L4: no app imports another', {
    from: { path: '^apps/([^/]+)/', pathNot: TESTS },
    to: { path: '^apps/', pathNot: '^apps/$1/' },
  }),
  forbid('no-circle', 'Two files that need each other are one idea in two places', {
    from: {},
    to: { circular: true },
  }),
  forbid('imports-resolve', 'An import that leads nowhere', {
    from: {},
    to: { couldNotResolve: true, pathNot: '^virtual:' },
  }),
  forbid('dependencies-are-declared', 'A package that is not in the package.json beside the file', {
    from: { pathNot: TESTS },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  }),
  forbid('development-stays-home', 'What ships does not import a development dependency', {
    from: {
      path: '^(apps|packages)/[^/]+/src/',
      pathNot: [TESTS, String.raw`\.d\.ts$`, '^packages/testkit/'],
    },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  }),
]

export const LAYER_RULES: readonly Rule[] = [...libraries, ...server, ...everywhere]
