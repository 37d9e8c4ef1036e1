import { describe, expect, test } from 'vitest'
import { dependsOnValues, StatementNames } from './prepared-statements.ts'

const use = (names: StatementNames, text: string, times: number) =>
  Array.from({ length: times }, () => names.of(text)).at(-1)

describe('names of statements', () => {
  test('are given from the third use on, and kept', () => {
    const names = new StatementNames()
    expect([names.of('select $1'), names.of('select $1')]).toEqual([undefined, undefined])
    const name = names.of('select $1')
    expect(name).toMatch(/^[\w-]{22}_0$/)
    expect(names.of('select $1')).toBe(name)
  })

  test('mean one text in every session, and another text never', () => {
    const first = use(new StatementNames(), 'select $1', 3)
    expect(use(new StatementNames(), 'select $1', 3)).toBe(first)
    expect(use(new StatementNames(), 'select $2', 3)).not.toBe(first)
  })

  test('are a hundred; those that were forgotten count', () => {
    const names = new StatementNames()
    for (let n = 0; n < 60; n++) expect(use(names, `select $1, ${n}`, 3)).toBeDefined()
    names.forget()
    for (let n = 0; n < 40; n++) expect(use(names, `select $1, ${n}`, 3)).toMatch(/_1$/)
    expect(use(names, 'select $1, 100', 3)).toBeUndefined()
    expect(use(names, 'select $1, 0', 1)).toMatch(/_1$/)
  })

  test('are not given to very long texts, nor any more once the session is not ours alone', () => {
    const names = new StatementNames()
    expect(use(names, `select $1 -- ${'x'.repeat(4000)}`, 3)).toBeUndefined()
    expect(use(names, 'select $1', 3)).toBeDefined()
    names.stop()
    expect(use(names, 'select $1', 5)).toBeUndefined()
  })

  test('count no more than some hundred texts at a time', () => {
    const names = new StatementNames()
    use(names, 'select $1', 2)
    for (let n = 0; n < 500; n++) names.of(`select $1, ${n}`)
    expect(names.of('select $1')).toBeUndefined()
  })
})

describe('a plan for all values', () => {
  test.each([
    'select * from rooms where id = $1',
    'select id, name from accounts where id in ($1)',
    'select id from documents where id = any($1::uuid[])',
    'insert into t (a, b) select $1::uuid, x from unnest($2::uuid[]) as x on conflict do nothing',
    'update rooms set last_sequence = last_sequence + $1 where id = $2 returning last_sequence',
    'select * from events where tenant_id = $1 and id > $2 order by id limit 501',
    'select r.id from rooms r left join members m on m.room_id = r.id and m.account_id = $1 where r.id = $2',
  ])('is kept for %s', (text) => expect(dependsOnValues(text)).toBe(false))

  test.each([
    ['a filter that may be absent', 'select id from books where ($1::uuid is null or shelf_id = $1)'],
    ['a page', 'select id from books where workspace_id = $1 order by title limit $2'],
    ['a count', 'select count(*) from books where format = $1'],
    ['a pattern', 'select form from search_forms where form like $1'],
    ['an array in a join', 'select b.* from blocks b join scope s on s.id = b.id where term = any ($1)'],
    ['words in a join', 'select 1 from a join unnest(string_to_array($1, chr(10))) as x on x = a.x'],
  ])('is not kept for %s', (_, text) => expect(dependsOnValues(text)).toBe(true))
})
