import { describe, expect, test } from 'vitest'
import { type Column, renderTables } from './render.ts'

const column = (name: string, type: string, more: Partial<Column> = {}): Column => ({
  table: 'reading_positions',
  column: name,
  type,
  nullable: false,
  hasDefault: false,
  alwaysGenerated: false,
  ...more,
})

describe('renderTables', () => {
  test('names the interface after the table and types each column as the driver gives it', () => {
    const text = renderTables([
      column('id', 'int8', { hasDefault: true, alwaysGenerated: true }),
      column('place', 'jsonb', { nullable: true }),
      column('seen_at', 'timestamptz', { hasDefault: true }),
      column('tags', '_text'),
      column('percent', 'numeric'),
      column('done', 'bool', { hasDefault: true, nullable: true }),
    ])
    expect(text).toContain('export interface ReadingPositionsTable {\n  done: Generated<boolean | null>\n')
    expect(text).toContain('  id: GeneratedAlways<number>\n')
    expect(text).toContain('  percent: string\n')
    expect(text).toContain('  place: Json | null\n')
    expect(text).toContain('  seen_at: Generated<Timestamp>\n')
    expect(text).toContain('  tags: string[]\n')
    expect(text).toContain('export interface Tables {\n  reading_positions: ReadingPositionsTable\n}')
  })

  test('does not depend on the order of the rows', () => {
    const columns = [column('b', 'text'), column('a', 'uuid'), { ...column('c', 'text'), table: 'books' }]
    expect(renderTables(columns)).toBe(renderTables(columns.toReversed()))
  })
})
