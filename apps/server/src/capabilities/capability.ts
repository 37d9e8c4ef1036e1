import type { Service } from '@stoa/kernel'
import type { TopicGuard } from '../platform/bus/topics.ts'
import type { Operation } from '../platform/http/operation.ts'
import type { JobDefinition } from '../platform/jobs/jobs.ts'

/** What a capability's `index.ts` gives to the composition root. */
export interface Capability {
  readonly name: string
  readonly operations: readonly Operation[]
  readonly jobs: readonly JobDefinition[]
  readonly services: readonly Service[]
  /** Who may follow the topics of its kinds over the realtime socket. */
  readonly topicGuards?: readonly TopicGuard[]
}
