import type { Operation } from '../../../platform/http/operation.ts'
import type { TenancyInit } from '../index.ts'
import { getTenant } from './tenants.ts'

export function operationsOf(parts: TenancyInit): Operation[] {
  return [getTenant(parts)]
}
