import type { LucideIcon } from 'lucide-react'
import { useEffect, useRef, useSyncExternalStore } from 'react'

/** Where an action stands in the palette and on the `?` sheet. */
export type ActionGroup = 'go' | 'list' | 'act' | 'reader' | 'app'

/** Something one can do here: found in the palette, bound to its shortcut, listed on the `?` sheet. */
export interface Action {
  /** Unique, e.g. `library.add`. A later registration with the same id covers the earlier one. */
  id: string
  /** In the language of the moment. */
  label: string
  group: ActionGroup
  icon?: LucideIcon
  /** `mod+k`, `g l`, `?`, `arrowdown`. Single keys do nothing while one types. */
  shortcut?: string
  /** More words to find it by, in both languages where that helps. */
  keywords?: string
  /** On the `?` sheet only, not in the palette: `j`, `k`. */
  keysOnly?: boolean
  /** Also while one types in a field, e.g. `mod+k`. */
  inFields?: boolean
  run: () => void
}

/** The actions of all mounted screens; the latest registration of an id or shortcut wins. */
export class ActionRegistry {
  private layers: readonly (readonly Action[])[] = []
  private merged: readonly Action[] = []
  private readonly listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly current = (): readonly Action[] => this.merged

  /** Adds a layer; returns what takes it away. */
  add(actions: readonly Action[]): () => void {
    this.set([...this.layers, actions])
    return () => this.set(this.layers.filter((layer) => layer !== actions))
  }

  byShortcut(shortcut: string): Action | undefined {
    return this.merged.findLast((action) => action.shortcut === shortcut)
  }

  private set(layers: readonly (readonly Action[])[]): void {
    this.layers = layers
    const byId = new Map<string, Action>()
    for (const action of layers.flat()) {
      byId.delete(action.id)
      byId.set(action.id, action)
    }
    this.merged = [...byId.values()]
    for (const listener of [...this.listeners]) listener()
  }
}

export const actions = new ActionRegistry()

export const useAllActions = (): readonly Action[] => useSyncExternalStore(actions.subscribe, actions.current)

/**
 * Offers actions while the component is mounted. The list may be a new array on every render: it is registered again only
 * when what it shows changes, and `run` always calls the latest one.
 */
export function useActions(list: readonly Action[]): void {
  const latest = useRef(list)
  latest.current = list
  const shape = JSON.stringify(list.map(({ icon: _, run: __, ...rest }) => rest))
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for the list
  useEffect(() => {
    const stable = latest.current.map((action) => ({
      ...action,
      run: () => latest.current.find(({ id }) => id === action.id)?.run(),
    }))
    return actions.add(stable)
  }, [shape])
}
