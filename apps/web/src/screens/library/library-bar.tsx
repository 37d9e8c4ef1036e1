import { Button, IconButton, Input, Menu, type MenuEntry, Popover, Segmented } from '@stoa/ui'
import { formatNumber } from '@stoa/ui/messages'
import { library as t } from '@stoa/ui/messages/library'
import { useNavigate } from '@tanstack/react-router'
import { ArrowDownUp, LayoutGrid, List, ListFilter, Plus } from 'lucide-react'
import { useRef } from 'react'
import { usePreferences } from '../../data/preferences.ts'
import { TopBar } from '../../frame/bars.tsx'
import { useActions } from '../../keyboard/actions.ts'
import { defaultSort, FORMATS, type LibrarySearch, SORTS, sortName } from './view.ts'

const LANGUAGES = ['en', 'zh', 'ja', 'de', 'fr', 'es'] as const

export interface LibraryBarProps {
  readonly title: string
  readonly total: number | undefined
  readonly search: LibrarySearch
  readonly canChange: boolean
  readonly onFiles: (files: readonly File[]) => void
}

/** Over the books: what is shown, in which order, and how to add more. */
export function LibraryBar({ title, total, search, canChange, onFiles }: LibraryBarProps) {
  const navigate = useNavigate()
  const layout = usePreferences((preferences) => preferences.libraryLayout)
  const picker = useFilePicker(onFiles)
  const go = (change: Partial<LibrarySearch>) => {
    const next = Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined)
    void navigate({ to: '/library', search: Object.fromEntries(next), replace: true })
  }
  const adds: MenuEntry[] = [
    { label: t.addFiles(), onSelect: picker.files },
    { label: t.addFolder(), onSelect: picker.folder },
  ]
  useBarKeys(canChange, picker.files)
  return (
    <TopBar
      flush
      title={title}
      sub={total !== undefined && <span className="num">{formatNumber(total)}</span>}
      actions={
        <>
          <Order search={search} onChange={go} />
          <span className="lib-tools">
            <Segmented
              label={t.view()}
              iconsOnly
              value={layout}
              onChange={(value) => usePreferences.setState({ libraryLayout: value })}
              options={[
                { value: 'grid', label: t.grid(), icon: LayoutGrid },
                { value: 'list', label: t.list(), icon: List },
              ]}
            />
          </span>
          {canChange && <AddMenu items={adds} />}
          {picker.inputs}
        </>
      }
    />
  )
}

/** Sorting and filtering: two buttons, on a phone one panel. */
function Order({
  search,
  onChange,
}: {
  search: LibrarySearch
  onChange: (change: Partial<LibrarySearch>) => void
}) {
  const sort = search.sort ?? defaultSort(search)
  const sorts: MenuEntry[] = SORTS.map((value) => ({
    label: sortName[value](),
    checked: value === sort,
    onSelect: () => onChange({ sort: value }),
  }))
  const filtered = search.q !== undefined || search.format !== undefined || search.language !== undefined
  return (
    <>
      <Menu
        trigger={
          <Button variant="ghost" icon={ArrowDownUp} className="no-m">
            {sortName[sort]()}
          </Button>
        }
        items={sorts}
      />
      <Popover
        label={t.filter()}
        trigger={
          <Button variant="ghost" icon={ListFilter} className={filtered ? 'no-m on' : 'no-m'}>
            {t.filter()}
          </Button>
        }
      >
        <FilterForm search={search} onChange={onChange} />
      </Popover>
      <Popover
        label={t.filter()}
        trigger={<IconButton icon={ListFilter} label={t.filter()} className="only-m" />}
      >
        <Segmented
          label={t.sort()}
          value={sort}
          onChange={(value) => onChange({ sort: value })}
          options={SORTS.slice(0, 3).map((value) => ({ value, label: sortName[value]() }))}
        />
        <FilterForm search={search} onChange={onChange} />
      </Popover>
    </>
  )
}

function AddMenu({ items }: { items: readonly MenuEntry[] }) {
  return (
    <>
      <Menu
        trigger={
          <Button icon={Plus} className="no-m">
            {t.addBooks()}
          </Button>
        }
        items={items}
      />

      <Menu trigger={<IconButton icon={Plus} label={t.addBooks()} className="only-m" />} items={items} />
    </>
  )
}

function useBarKeys(canChange: boolean, pickFiles: () => void): void {
  const layout = usePreferences((preferences) => preferences.libraryLayout)
  useActions([
    ...(canChange
      ? [
          {
            id: 'library.add',
            group: 'act' as const,
            label: t.addBooks(),
            icon: Plus,
            shortcut: 'a',
            run: pickFiles,
          },
        ]
      : []),
    {
      id: 'library.layout',
      group: 'list',
      label: layout === 'grid' ? t.list() : t.grid(),
      shortcut: 'v',
      run: () => usePreferences.setState({ libraryLayout: layout === 'grid' ? 'list' : 'grid' }),
    },
  ])
}

function FilterForm({
  search,
  onChange,
}: {
  search: LibrarySearch
  onChange: (change: Partial<LibrarySearch>) => void
}) {
  return (
    <div className="filters">
      <Input
        type="search"
        aria-label={t.filterNames()}
        placeholder={t.filterNames()}
        value={search.q ?? ''}
        onChange={(event) =>
          onChange({
            q: event.target.value === '' ? undefined : event.target.value,
          } as Partial<LibrarySearch>)
        }
      />
      <span className="label">{t.filterFormat()}</span>
      <div className="chips">
        {FORMATS.map((format) => (
          <button
            key={format}
            type="button"
            className="chip"
            aria-pressed={search.format === format}
            onClick={() =>
              onChange({ format: search.format === format ? undefined : format } as Partial<LibrarySearch>)
            }
          >
            {format.toUpperCase()}
          </button>
        ))}
      </div>
      <span className="label">{t.filterLanguage()}</span>
      <div className="chips">
        {LANGUAGES.map((language) => (
          <button
            key={language}
            type="button"
            className="chip"
            aria-pressed={search.language === language}
            onClick={() =>
              onChange({
                language: search.language === language ? undefined : language,
              } as Partial<LibrarySearch>)
            }
          >
            {new Intl.DisplayNames([document.documentElement.lang], { type: 'language' }).of(language)}
          </button>
        ))}
      </div>
    </div>
  )
}

const ACCEPT = '.epub,.pdf,.mobi,.azw,.azw3,.fb2,.fbz,.cbz,.txt,.md,.markdown,.html,.htm,.xhtml'

function useFilePicker(onFiles: (files: readonly File[]) => void) {
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const take = (event: React.ChangeEvent<HTMLInputElement>) => {
    const chosen = [...(event.target.files ?? [])].filter(({ name }) => !name.startsWith('.'))
    if (chosen.length > 0) onFiles(chosen)
    event.target.value = ''
  }
  return {
    files: () => files.current?.click(),
    folder: () => folder.current?.click(),
    inputs: (
      <>
        <input ref={files} type="file" multiple accept={ACCEPT} hidden onChange={take} data-pick="files" />
        <input
          ref={folder}
          type="file"
          hidden
          onChange={take}
          data-pick="folder"
          {...{ webkitdirectory: '' }}
        />
      </>
    ),
  }
}
