import { fireEvent, render, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { Cover } from './cover.tsx'

describe('Cover', () => {
  it('draws a book that brings none, named by its title', () => {
    render(<Cover title="呐喊" author="鲁迅" />)
    const cover = screen.getByRole('img', { name: '呐喊' })
    expect(cover.lang).toBe('zh')
    expect(cover.textContent).toBe('呐喊鲁迅')
    expect(cover.querySelectorAll('rect').length).toBeGreaterThan(4)
  })

  it('keeps the drawing until the book’s own picture is there, and when that fails', () => {
    const view = render(<Cover title="Walden" src="/own.jpg" />)
    const picture = () => view.container.querySelector('img')
    expect(view.container.textContent).toContain('Walden')
    fireEvent.load(picture() as HTMLImageElement)
    expect(view.container.textContent).toBe('')
    view.rerender(<Cover title="Walden" src="/broken.jpg" />)
    fireEvent.error(picture() as HTMLImageElement)
    expect(picture()).toBeNull()
    expect(view.container.textContent).toContain('Walden')
  })

  it('is silent where the title stands beside it', () => {
    const view = render(<Cover title="Walden" decorative />)
    expect(screen.queryByRole('img')).toBeNull()
    expect(
      view.container.firstElementChild?.ariaHidden ??
        view.container.firstElementChild?.getAttribute('aria-hidden'),
    ).toBe('true')
  })
})
