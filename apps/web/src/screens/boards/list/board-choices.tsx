import { Segmented } from '@stoa/ui'
import { boards as t } from '@stoa/ui/messages/boards'
import { Globe, Network, UserCheck, Users } from 'lucide-react'
import type { Board } from '../../../data/boards.ts'

interface ChoiceProps<Value> {
  readonly value: Value
  readonly onChange: (value: Value) => void
}

/** Who may post, with what it means. */
export const AccessField = ({ value, onChange }: ChoiceProps<NonNullable<Board['access']>>) => (
  <div className="field">
    <span className="label">{t.access()}</span>
    <Segmented
      label={t.access()}
      value={value}
      onChange={onChange}
      options={[
        { value: 'open', label: t.accessOpen(), icon: Users },
        { value: 'granted', label: t.accessGranted(), icon: UserCheck },
      ]}
    />
    <span className="hint">{value === 'open' ? t.accessOpenHint() : t.accessGrantedHint()}</span>
  </div>
)

/** Which nodes may hold it. */
export const ReachField = ({ value, onChange }: ChoiceProps<Board['reach']>) => (
  <div className="field">
    <span className="label">{t.reach()}</span>
    <Segmented
      label={t.reach()}
      value={value}
      onChange={onChange}
      options={[
        { value: 'cluster', label: t.reachCluster(), icon: Network },
        { value: 'public', label: t.reachPublic(), icon: Globe },
      ]}
    />
    <span className="hint">{value === 'cluster' ? t.reachClusterHint() : t.reachPublicHint()}</span>
  </div>
)
