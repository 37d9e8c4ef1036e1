import { Button, Dialog } from '@stoa/ui'
import { cluster as t } from '@stoa/ui/messages/cluster'
import { shell } from '@stoa/ui/messages/shell'
import { CopyLine } from './copy-line.tsx'

interface AddNodeProps {
  readonly invitation: string
  readonly open: boolean
  readonly onClose: () => void
}

/** How another machine comes in: what is typed there, and what is typed here. */
export function AddNode({ invitation, open, onClose }: AddNodeProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={t.addNode()}
      description={t.addNodeText()}
      width={520}
      actions={<Button onClick={onClose}>{shell.done()}</Button>}
    >
      <div className="add-node">
        <CopyLine text={`npm run stoa -- cluster join ${invitation}`} />
        <p className="hint">{t.addNodeThen()}</p>
      </div>
    </Dialog>
  )
}
