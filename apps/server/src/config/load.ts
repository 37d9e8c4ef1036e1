import { type Config, envToConfig } from './config.ts'
import { readEnv, type Setting } from './env.ts'

/**
 * The configuration of this process: its environment with flags laid over it. The one place that reads `process.env`.
 * @throws ConfigError naming every setting that is wrong
 */
export function loadConfig(flags: Readonly<Partial<Record<Setting, string>>> = {}): Config {
  return envToConfig(readEnv(process.env, flags))
}
