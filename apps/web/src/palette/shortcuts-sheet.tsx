import { Dialog, Kbd } from '@stoa/ui'
import { shell as t } from '@stoa/ui/messages/shell'
import { type Action, type ActionGroup, useAllActions } from '../keyboard/actions.ts'
import { showShortcuts, usePaletteState } from './palette-state.ts'

const GROUPS: readonly { id: ActionGroup; label: () => string }[] = [
  { id: 'go', label: t.keysGo },
  { id: 'list', label: t.keysList },
  { id: 'act', label: t.keysAct },
  { id: 'reader', label: t.keysReader },
  { id: 'app', label: t.keysApp },
]

/** Every shortcut that works on this screen, by group. */
export function ShortcutsSheet() {
  const open = usePaletteState((state) => state.keysOpen)
  const bound = useAllActions().filter((action) => action.shortcut)
  return (
    <Dialog open={open} onOpenChange={showShortcuts} title={t.keysTitle()} width={640}>
      <div className="keys">
        {GROUPS.map((group) => {
          const own = bound.filter((action) => action.group === group.id)
          return own.length > 0 && <KeyGroup key={group.id} label={group.label()} actions={own} />
        })}
      </div>
    </Dialog>
  )
}

function KeyGroup({ label, actions }: { label: string; actions: readonly Action[] }) {
  return (
    <section>
      <h4 className="label">{label}</h4>
      <dl>
        {actions.map((action) => (
          <div key={action.id}>
            <dt>{action.label}</dt>
            <dd>
              {action.shortcut?.split(' ').map((keys, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a sequence has a fixed order and may repeat a key
                <Kbd key={index} keys={keys} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
