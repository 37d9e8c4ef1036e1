import { type Config, envToConfig } from './config.ts'
import { readEnv, type Setting } from './env.ts'
import { environment } from './environment.ts'

/**
 * The configuration of this process: its environment with flags laid over it.
 * @throws ConfigError naming every setting that is wrong
 */
export function loadConfig(flags: Readonly<Partial<Record<Setting, string>>> = {}): Config {
  return envToConfig(readEnv(environment, flags))
}
