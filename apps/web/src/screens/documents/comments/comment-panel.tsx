import { IconButton } from '@stoa/ui'
import { documents as t } from '@stoa/ui/messages/documents'
import { CheckCheck } from 'lucide-react'
import { SidePanel } from '../../../frame/bars.tsx'
import { ThreadList } from './thread-list.tsx'
import type { Commenting } from './use-commenting.ts'

interface CommentPanelProps {
  readonly commenting: Commenting
  readonly resolved: { readonly shown: boolean; readonly set: (shown: boolean) => void }
  readonly onClose: () => void
}

/** Comments in a sheet: where there is no margin. */
export function CommentPanel({ commenting, resolved, onClose }: CommentPanelProps) {
  return (
    <SidePanel
      title={t.comments()}
      onClose={onClose}
      actions={
        <IconButton
          icon={CheckCheck}
          label={t.showResolved()}
          on={resolved.shown}
          onClick={() => resolved.set(!resolved.shown)}
        />
      }
    >
      <ThreadList commenting={commenting} />
    </SidePanel>
  )
}
