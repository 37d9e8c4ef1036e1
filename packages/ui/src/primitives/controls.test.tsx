import { fireEvent, render, screen } from '@testing-library/react'
import { Plus } from 'lucide-react'
import { describe, expect, it, vi } from 'vitest'
import { Button, IconButton } from './button.tsx'
import { Checkbox, Segmented, Switch } from './choice.tsx'
import { ConfirmByName } from './dialog.tsx'
import { Field, Input } from './field.tsx'
import { formatShortcut } from './kbd.tsx'
import { ListRow } from './list-row.tsx'
import { ContextMenu, entries, Menu } from './menu.tsx'
import { initialsOf, inkOf } from './person.tsx'
import { Progress } from './progress.tsx'
import { Rich } from './rich.tsx'
import { TooltipProvider } from './tooltip.tsx'

describe('Button', () => {
  it('takes no press while busy', () => {
    const onClick = vi.fn()
    const view = render(<Button onClick={onClick}>Save</Button>)
    fireEvent.click(screen.getByRole('button'))
    view.rerender(
      <Button onClick={onClick} busy>
        Save
      </Button>,
    )
    fireEvent.click(screen.getByRole('button'))
    expect(onClick).toHaveBeenCalledOnce()
    expect(screen.getByRole('button').getAttribute('aria-busy')).toBe('true')
  })

  it('draws a link as a button, with its icon', () => {
    render(
      <Button icon={Plus} asChild>
        <a href="/add">Add</a>
      </Button>,
    )
    const link = screen.getByRole('link', { name: 'Add' })
    expect(link.className).toBe('btn')
    expect(link.querySelector('svg')).not.toBeNull()
  })

  it('names what is only an icon', () => {
    render(
      <TooltipProvider>
        <IconButton icon={Plus} label="New shelf" on />
      </TooltipProvider>,
    )
    expect(screen.getByRole('button', { name: 'New shelf', pressed: true })).toBeDefined()
  })
})

describe('Field', () => {
  it('ties label, hint and error to the control', () => {
    const view = render(
      <Field label="Email" hint="For signing in.">
        <Input />
      </Field>,
    )
    const input = screen.getByLabelText('Email')
    const note = () => document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent
    expect(note()).toBe('For signing in.')
    expect(input.getAttribute('aria-invalid')).toBeNull()
    view.rerender(
      <Field label="Email" hint="For signing in." error="Not an address.">
        <Input />
      </Field>,
    )
    expect(note()).toBe('Not an address.')
    expect(input.getAttribute('aria-invalid')).toBe('true')
  })
})

describe('choices', () => {
  it('answer to their words', () => {
    const [onSwitch, onCheck] = [vi.fn(), vi.fn()]
    render(
      <>
        <Switch label="Justify" checked={false} onChange={onSwitch} />
        <Checkbox label="Anna" checked onChange={onCheck} />
      </>,
    )
    fireEvent.click(screen.getByRole('switch', { name: 'Justify' }))
    fireEvent.click(screen.getByRole('checkbox', { name: 'Anna' }))
    expect(onSwitch).toHaveBeenCalledWith(true)
    expect(onCheck).toHaveBeenCalledWith(false)
  })

  it('keep one segment chosen', () => {
    const onChange = vi.fn()
    const options = [
      { value: 'grid', label: 'Grid' },
      { value: 'list', label: 'List' },
    ] as const
    render(<Segmented label="View" value="grid" onChange={onChange} options={options} />)
    fireEvent.click(screen.getByText('Grid'))
    expect(onChange).not.toHaveBeenCalled()
    fireEvent.click(screen.getByText('List'))
    expect(onChange).toHaveBeenCalledWith('list')
  })
})

describe('menus', () => {
  const open = vi.fn()
  const items = entries(
    { label: 'Open', shortcut: 'o', onSelect: open },
    false,
    { heading: 'Sort' },
    { label: 'By title', checked: true, onSelect: vi.fn() },
    'separator',
    { label: 'Remove', tone: 'bad', disabled: true, onSelect: vi.fn() },
  )

  it('show the same entries under a button and under the right button', () => {
    render(
      <>
        <Menu trigger={<button type="button">More</button>} items={items} />
        <ContextMenu items={items}>
          <p>Walden</p>
        </ContextMenu>
      </>,
    )
    fireEvent.keyDown(screen.getByText('More'), { key: 'Enter' })
    const names = () =>
      [...document.querySelectorAll('[role^=menuitem]')].map(({ textContent }) => textContent)
    expect(names()).toEqual(['Openo', 'By title', 'Remove'])
    expect(screen.getByRole('menuitemradio').getAttribute('aria-checked')).toBe('true')
    fireEvent.click(screen.getByText('Open'))
    expect(open).toHaveBeenCalledOnce()
    fireEvent.contextMenu(screen.getByText('Walden'))
    expect(names()).toEqual(['Openo', 'By title', 'Remove'])
  })
})

describe('ConfirmByName', () => {
  it('acts only when the name is typed, and closes afterwards', async () => {
    const [onConfirm, onOpenChange] = [vi.fn(async () => {}), vi.fn()]
    render(
      <ConfirmByName
        open
        title="Leave?"
        description="It goes."
        name="Thursday"
        action="Leave"
        {...{ onConfirm, onOpenChange }}
      />,
    )
    const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Leave' })
    expect(button.disabled).toBe(true)
    const field = screen.getByRole('textbox')
    fireEvent.change(field, { target: { value: 'Thurs' } })
    fireEvent.submit(field)
    expect(onConfirm).not.toHaveBeenCalled()
    fireEvent.change(field, { target: { value: ' Thursday ' } })
    fireEvent.submit(field)
    await vi.waitFor(() => expect(onOpenChange).toHaveBeenCalledWith(false))
    expect(onConfirm).toHaveBeenCalledOnce()
  })
})

describe('small parts', () => {
  it('draw a row as the link it is given', () => {
    render(<ListRow as={<a href="/notes">x</a>} label="Notes" end="12" on />)
    const link = screen.getByRole('link', { current: 'page' })
    expect(link.textContent).toBe('Notes12')
    expect(link.className).toContain('li on')
  })

  it('say progress in numbers within bounds', () => {
    render(<Progress value={1.4} label="Import" />)
    expect(screen.getByRole('progressbar', { name: 'Import' }).getAttribute('aria-valuenow')).toBe('100')
  })

  it('write shortcuts as the system does', () => {
    expect(formatShortcut('mod+k', true)).toBe('⌘K')
    expect(formatShortcut('mod+k', false)).toBe('Ctrl K')
    expect(formatShortcut('shift+enter', false)).toBe('⇧ ↵')
    expect(formatShortcut('g l', true)).toBe('g l')
  })

  it('make initials of names in both scripts', () => {
    expect(['Anna Reyes', 'Teo', '顾晚', 'Ingrid Dahl van Os', '  '].map(initialsOf)).toEqual([
      'AR',
      'T',
      '顾',
      'IO',
      '?',
    ])
    expect(inkOf('Anna Reyes')).toBe(inkOf('Anna Reyes'))
  })

  it('draw marked parts of a sentence and never HTML', () => {
    const view = render(
      <Rich text="A <b>code</b> went <i>out</i> <img>" as={{ b: (text) => <b>{text}</b> }} />,
    )
    expect(view.container.innerHTML).toBe('A <b>code</b> went out &lt;img&gt;')
  })
})
