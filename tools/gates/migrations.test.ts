import { expect, test } from 'vitest'
import { migrationFaults } from './migrations.ts'

const up = '20261121_000_platform.up.sql'
const down = '20261121_000_platform.down.sql'

test('a pair is sound', () => {
  expect(
    migrationFaults(
      new Map([
        [up, 'create table a ()'],
        [down, 'drop table a'],
      ]),
    ),
  ).toEqual([])
})

test('a lone half, an empty half and a wrong name are faults', () => {
  expect(migrationFaults(new Map([[up, 'select 1']]))).toEqual([`${up} has no ${down}`])
  expect(
    migrationFaults(
      new Map([
        [up, 'select 1'],
        [down, '-- later\n'],
      ]),
    ),
  ).toEqual([`${down} does nothing`])
  expect(migrationFaults(new Map([['add-books.sql', 'select 1']]))).toHaveLength(1)
})
