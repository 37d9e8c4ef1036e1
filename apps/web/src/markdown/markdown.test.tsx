import { render } from '@testing-library/react'
import { expect, it } from 'vitest'
import { Markdown, prepareMarkdown } from './markdown.tsx'

async function shown(text: string): Promise<HTMLElement> {
  const { container } = render(<Markdown text={text} />)
  await expect.poll(() => container.querySelector('.typed')).toBeNull()
  return container
}

// The first of all: what was fetched for one text is there for the next.
it('shows no signs for a moment where the parser was fetched before', async () => {
  prepareMarkdown()
  await import('./markdown-text.tsx')
  const { container } = render(<Markdown text="*at once*" />)
  expect(container.querySelector('em')?.textContent).toBe('at once')
})

it('leaves plain words as they were typed, in either language', () => {
  const { container } = render(<Markdown text={'She wrote the hour.\n第二行'} />)
  expect(container.querySelector('.typed')?.textContent).toBe('She wrote the hour.\n第二行')
})

it('sets emphasis, lists, quotations and code', async () => {
  const page = await shown('# Hours\n\n*one* and **two**\n\n3. three\n4. four\n\n> five\n\n`six`')
  expect(page.querySelector('h4')?.textContent).toBe('Hours')
  expect(page.querySelector('em')?.textContent).toBe('one')
  expect(page.querySelector('ol')?.getAttribute('start')).toBe('3')
  expect([...page.querySelectorAll('li')].map(({ textContent }) => textContent)).toEqual(['three', 'four'])
  expect(page.querySelector('blockquote')?.textContent).toBe('five')
  expect(page.querySelector('code')?.textContent).toBe('six')
})

it('never makes HTML, pictures or handlers of what was written', async () => {
  const page = await shown(
    '<img src=x onerror=alert(1)> <script>1</script> ![seen](https://away.example/p.png) *x*',
  )
  expect(page.querySelector('img, script, [onerror]')).toBeNull()
  expect(page.textContent).toContain('<script>1</script>')
  expect(page.textContent).toContain('seen')
})

it('links to the web and to books here, and to nothing that runs', async () => {
  const page = await shown(
    '[a](https://example.org) [b](/books/1?q=x) [c](javascript:alert(1)) [d](//away.example) [e](data:text/html,x) [f](mailto:a@example.org)',
  )
  const links = [...page.querySelectorAll('a')].map((a) => [
    a.textContent,
    a.getAttribute('href'),
    a.target,
    a.rel,
  ])
  expect(links).toEqual([
    ['a', 'https://example.org', '_blank', 'noopener noreferrer nofollow'],
    ['b', '/books/1?q=x', '', ''],
    ['f', 'mailto:a@example.org', '_blank', 'noopener noreferrer nofollow'],
  ])
})

it('sets names that are mentioned, and links of this place without its address', async () => {
  const account = '018f0000-0000-7000-8000-000000000003'
  const page = await shown(
    `[@Maya](stoa:account/${account}) [@all](stoa:everyone) [x](stoa:other) ${location.origin}/rooms/1`,
  )
  expect([...page.querySelectorAll('.mention')].map(({ textContent }) => textContent)).toEqual([
    '@Maya',
    '@all',
  ])
  expect([...page.querySelectorAll('a')].map((a) => a.getAttribute('href'))).toEqual(['/rooms/1'])
})
