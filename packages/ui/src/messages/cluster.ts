import { clusterEn } from './cluster.en.ts'
import { clusterZh } from './cluster.zh.ts'
import { defineMessages } from './define.ts'

/** The cluster page: this node, the others, what it holds and fetches. */
export const cluster = defineMessages(clusterEn, clusterZh)
