import { EmptyState } from '@stoa/ui'
import { cluster as t } from '@stoa/ui/messages/cluster'
import { Network } from 'lucide-react'
import { CopyLine } from './copy-line.tsx'

const FOUND = 'npm run stoa -- cluster init --name home'
const JOIN = 'npm run stoa -- cluster join'
const ADMIT = "npm run stoa -- cluster snapshot --add 'ID=NAME'"

/** In no cluster: what one is for, and how to make one. */
export function Alone() {
  const steps = [
    { title: t.stepFound(), text: t.stepFoundText(), command: FOUND },
    { title: t.stepJoin(), text: t.stepJoinText(), command: `${JOIN} ${t.stepJoinPlaceholder()}` },
    { title: t.stepAdmit(), text: t.stepAdmitText(), command: ADMIT },
  ]
  return (
    <section className="alone-node">
      <EmptyState title={t.aloneTitle()} icon={Network}>
        {t.aloneText()}
      </EmptyState>
      <ol className="steps">
        {steps.map(({ title, text, command }) => (
          <li key={command}>
            <h3>{title}</h3>
            <p className="hint">{text}</p>
            <CopyLine text={command} />
          </li>
        ))}
      </ol>
    </section>
  )
}
