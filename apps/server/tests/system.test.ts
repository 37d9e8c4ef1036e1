import { startProgram, type TestProgram } from '@stoa/testkit/program'
import { afterAll, beforeAll, expect, test } from 'vitest'

let stoa: TestProgram
beforeAll(async () => {
  stoa = await startProgram()
})
afterAll(() => stoa.close())

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${stoa.url}${path}`, { headers })

test('alive, ready, measured', async () => {
  expect(await (await get('/healthz')).json()).toEqual({ status: 'ok', version: '0.0.0-test' })
  const ready = await get('/readyz')
  expect(await ready.json()).toEqual({
    status: 'ready',
    parts: ['database', 'jobs', 'blobs'].map((name) => ({ name, ready: true })),
  })
  const metrics = await (await get('/metrics')).text()
  expect(metrics).toMatch(
    /stoa_http_request_duration_seconds_count\{operation="getReadiness",method="GET",status="200"\} 1/,
  )
  for (const series of [
    'nodejs_eventloop_lag_seconds',
    'process_resident_memory_bytes',
    'stoa_database_connections',
  ]) {
    expect(metrics).toContain(series)
  }
})

test('a part that fails is named, with its reason', async () => {
  await stoa.program.platform.persistence.jobs.stop()
  const reply = await get('/readyz')
  expect(reply.status).toBe(503)
  const problem = (await reply.json()) as { details: { parts: unknown[] } }
  expect(problem).toMatchObject({ code: 'server.not_ready', status: 503 })
  expect(problem.details.parts).toContainEqual({
    name: 'jobs',
    ready: false,
    reason: 'The job queue has not been started.',
  })
  await stoa.program.platform.persistence.jobs.start()
  expect((await get('/readyz')).status).toBe(200)
})

test('with a token configured, metrics are for whoever shows it', async () => {
  await using guarded = await startProgram({
    config: (config) => ({ ...config, http: { ...config.http, metricsToken: 'a-long-token' } }),
  })
  const ask = (headers: Record<string, string>) => fetch(`${guarded.url}/metrics`, { headers })
  expect((await ask({})).status).toBe(403)
  expect((await ask({ authorization: 'Bearer wrong' })).status).toBe(403)
  expect((await ask({ authorization: 'Bearer a-long-token' })).status).toBe(200)
})

test('a busy port is left to its owner and the next free one is taken', async () => {
  const port = Number(new URL(stoa.url).port)
  await using second = await startProgram({
    config: (config) => ({ ...config, http: { ...config.http, port } }),
  })
  expect(Number(new URL(second.url).port)).toBeGreaterThan(port)
  expect((await fetch(`${second.url}/healthz`)).status).toBe(200)
})
