import { expect, test } from 'vitest'
import { ConfigError } from '../config/errors.ts'
import { explainFailure } from './explain.ts'

test('every cause stands on a line of its own, the last one is the root', () => {
  const root = new AggregateError([new Error('port 5432 refused')], 'all failed')
  const error = new Error('persistence did not start', {
    cause: new Error('schema did not start', { cause: root }),
  })
  expect(explainFailure(error)).toBe(
    [
      'stoa: persistence did not start',
      '  because: schema did not start',
      '  because: all failed',
      '  because: port 5432 refused',
    ].join('\n'),
  )
})

test('what the operator did wrong is said without decoration', () => {
  expect(explainFailure(new ConfigError('config.invalid', 'STOA_PORT must be a number'))).toBe(
    'STOA_PORT must be a number',
  )
  expect(explainFailure('text')).toBe('stoa: "text"')
})
