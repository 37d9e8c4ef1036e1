import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A program or font that tests use and that comes from the system, not from the npm registry. */
export interface SystemPart {
  name: string
  /** Debian packages that bring it. */
  packages: readonly string[]
  /** What cannot be tested without it. */
  wantedBy: string
  present(): boolean
}

const onPath = (program: string) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))

const anyOf =
  (...files: readonly string[]) =>
  () =>
    files.some((file) => existsSync(file))

export const SYSTEM_PARTS: readonly SystemPart[] = [
  {
    name: 'Chromium',
    packages: ['chromium'],
    wantedBy: 'browser tests',
    present: () => onPath('chromium'),
  },
  {
    name: 'Chinese, Japanese and Korean fonts',
    packages: ['fonts-noto-cjk'],
    wantedBy: 'browser tests',
    present: anyOf(
      '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
      '/System/Library/Fonts/PingFang.ttc',
    ),
  },
  {
    name: 'Redis',
    packages: ['redis-server'],
    wantedBy: 'tests of the Redis adapters',
    present: () => onPath('redis-server'),
  },
  {
    name: 'gcc, ip, ping and iperf3',
    packages: ['gcc', 'libc6-dev', 'iproute2', 'iputils-ping', 'iperf3'],
    wantedBy: 'tests and benchmarks on emulated links',
    present: () => ['gcc', 'ip', 'ping', 'iperf3'].every(onPath),
  },
  {
    name: 'PostgreSQL server 15 or newer',
    packages: ['postgresql'],
    wantedBy: 'tests on a PostgreSQL given by URL',
    present: () =>
      onPath('initdb') ||
      ['15', '16', '17', '18'].some((major) => existsSync(`/usr/lib/postgresql/${major}/bin/initdb`)),
  },
]
