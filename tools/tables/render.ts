/** One column as the catalog describes it. */
export interface Column {
  readonly table: string
  readonly column: string
  /** `pg_type.typname`; an array's begins with `_`. */
  readonly type: string
  readonly nullable: boolean
  readonly hasDefault: boolean
  /** `generated always`, as identity or stored: never written by hand. */
  readonly alwaysGenerated: boolean
}

/** What the driver gives for a type (see connection.ts). A type that is not listed comes as its text. */
const TYPES: Readonly<Record<string, string>> = {
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float4: 'number',
  float8: 'number',
  bool: 'boolean',
  bytea: 'Buffer',
  json: 'Json',
  jsonb: 'Json',
  timestamptz: 'Timestamp',
}

const HEADER = `/** Generated from the migrated schema by \`npm run generate\`. Do not edit. */
import type { ColumnType, GeneratedAlways } from 'kysely'

/** May be left out of an insert. */
export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>

/** Read as any JSON value; written as text, because the driver would turn an array into an SQL array. */
export type Json = ColumnType<unknown, string, string>

export type Timestamp = ColumnType<Date, Date | string, Date | string>
`

/** The module of table types; the same text for the same columns, in whatever order they come. */
export function renderTables(columns: readonly Column[]): string {
  const tables = [...Map.groupBy(columns, ({ table }) => table)].sort(byName)
  const interfaces = tables.map(([table, own]) => {
    const lines = own
      .toSorted((a, b) => (a.column < b.column ? -1 : 1))
      .map((column) => `  ${column.column}: ${columnType(column)}`)
    return `export interface ${interfaceName(table)} {\n${lines.join('\n')}\n}\n`
  })
  const list = tables.map(([table]) => `  ${table}: ${interfaceName(table)}`)
  return `${[HEADER, ...interfaces, `export interface Tables {\n${list.join('\n')}\n}`].join('\n')}\n`
}

function columnType({ type, nullable, hasDefault, alwaysGenerated }: Column): string {
  const element = TYPES[type.replace(/^_/, '')] ?? 'string'
  const plain = type.startsWith('_') ? `${element === 'Timestamp' ? 'Date' : element}[]` : element
  const value = nullable ? `${plain} | null` : plain
  if (alwaysGenerated) return `GeneratedAlways<${value}>`
  return hasDefault ? `Generated<${value}>` : value
}

/** `reading_positions` → `ReadingPositionsTable`. */
function interfaceName(table: string): string {
  const words = table.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return `${words.join('')}Table`
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1
}
