import { notFound, type Problem } from '../../platform/http/problem.ts'

export const workspaceNotFound = (): Problem => notFound('workspace')
