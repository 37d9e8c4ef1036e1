import type { ProviderSettings } from '../parts.ts'
import { createGithubProvider } from './github.ts'
import { createOidcProvider, type OidcDeps } from './oidc.ts'
import type { Provider } from './provider.ts'

/** The configured providers by their id. */
export function createProviders(
  settings: readonly ProviderSettings[],
  deps: OidcDeps,
): ReadonlyMap<string, Provider> {
  const create = (one: ProviderSettings): Provider =>
    one.kind === 'github' ? createGithubProvider(one, deps) : createOidcProvider(one, deps)
  return new Map(settings.map((one) => [one.id, create(one)]))
}
