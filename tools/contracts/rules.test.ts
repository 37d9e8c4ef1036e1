import { expect, test } from 'vitest'
import { addStandardProblems, type ContractDocument, type ContractOperation, faultsIn } from './rules.ts'

function documentWith(operation: Partial<ContractOperation>): ContractDocument {
  const whole: ContractOperation = { operationId: 'listThings', responses: { '200': {} }, ...operation }
  return { openapi: '3.1.0', paths: { '/things': { get: whole } }, components: {} }
}

test('an operation without x-access is refused: default deny', () => {
  expect(faultsIn(documentWith({}))).toEqual([
    'GET /things (listThings) declares neither `security: []` nor x-access: {roles: […]} (default deny)',
  ])
  expect(faultsIn(documentWith({ 'x-access': { roles: [] } }))).toHaveLength(1)
})

test('a public operation, or one with known roles, is accepted', () => {
  expect(faultsIn(documentWith({ security: [] }))).toEqual([])
  expect(faultsIn(documentWith({ 'x-access': { roles: ['owner', 'guest'] } }))).toEqual([])
})

test.each([
  [{ 'x-access': { roles: ['root'] } }, 'unknown role: root'],
  [{ security: [], 'x-access': { roles: ['owner'] } }, 'x-access means nothing'],
  [{ security: [], 'x-rate-limit': { points: 1, seconds: 60, by: 'account' } }, 'must be by: ip'],
  [{ security: [], 'x-rate-limit': { points: 0.5, seconds: 60, by: 'ip' } }, 'x-rate-limit must be'],
  [{ security: [], parameters: [{ name: 'If-Match', in: 'header' }] }, 'If-Match in lower case'],
  [{ security: [], responses: { '404': {} } }, 'declares no 2xx or 3xx'],
])('%j is refused', (operation, message) => {
  expect(faultsIn(documentWith(operation)).join()).toContain(message)
})

test('problems that follow from the kind of operation are added, declared ones are kept', () => {
  const own = { description: 'own' }
  const document = documentWith({
    'x-access': { roles: ['owner'] },
    'x-rate-limit': { points: 1, seconds: 1, by: 'account' },
    requestBody: {},
    responses: { '200': {}, '403': own },
  })
  const responses = addStandardProblems(document).paths['/things']?.get?.responses ?? {}
  expect(Object.keys(responses)).toEqual(['200', '400', '401', '403', '413', '415', '429', '500'])
  expect(responses['403']).toEqual(own)
  expect(document.paths['/things']?.get?.responses).toEqual({ '200': {}, '403': own })
})
