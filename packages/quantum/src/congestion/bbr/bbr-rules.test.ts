import { expect, test } from 'vitest'
import { eventOf, lossEvent, PACKET, sampleOf } from '../../testing/congestion-events.ts'
import { bbr } from './bbr.ts'
import { GENTLE, PUSHING } from './loss-discriminator.ts'
import { judgeRound, lowerBounds, updateBandwidth, updateMinRtt } from './model.ts'
import { enterCruise, enterDown, updateProbeBandwidth } from './probe-bw.ts'
import { enterProbeRtt, updateProbeRtt } from './probe-rtt.ts'
import { contestedWindow, isContested, yieldToQueue } from './sharing.ts'
import { updateStartup } from './startup.ts'
import { type BbrState, bandwidth, inflightWithHeadroom, initialState } from './state.ts'

const RTT = 40
const BEST = 1000

/** A flow that has measured 1000 bytes a millisecond and 40 ms. */
function measured(overrides: Partial<BbrState> = {}): BbrState {
  const state = initialState(PACKET, 0, () => 0)
  state.minRttMs = RTT
  state.maxBandwidth.update(BEST)
  return Object.assign(state, { round: 10, emptyRound: 10, ...overrides })
}

function probing(overrides: Partial<BbrState> = {}): BbrState {
  const state = measured({ phase: 'probe-bw-refill', roundStart: true, upStartedRound: 9, ...overrides })
  updateProbeBandwidth(state, eventOf(), false)
  expect(state.phase).toBe('probe-bw-up')
  return state
}

test('CC-3 a sample limited by the application may raise the estimate, and lowers it after two cycles only', () => {
  const state = measured({ phase: 'startup' })
  const sample = (deliveryRate: number) => eventOf({ sample: sampleOf({ deliveryRate, appLimited: true }) })
  updateBandwidth(state, sample(10))
  expect(bandwidth(state)).toBe(BEST)
  updateBandwidth(state, sample(1200))
  expect(bandwidth(state)).toBe(1200)
  state.latestBandwidth = 10
  enterDown(state, 0)
  expect(bandwidth(state)).toBe(1200)
  enterDown(state, 3000)
  expect(bandwidth(state)).toBe(10)
})

test('CC-4 the window begins with 32 datagrams, and each phase has its gain', () => {
  expect(bbr({ datagramSize: PACKET, now: 0, random: () => 0 }).windowBytes()).toBe(32 * PACKET)
  const state = measured()
  expect([state.phase, state.pacingGain]).toEqual(['startup', 2.77])
  state.fullBandwidthReached = true
  updateStartup(state, eventOf(), false)
  expect([state.phase, state.pacingGain]).toEqual(['drain', 0.5])
  enterDown(state, 0)
  expect([state.phase, state.pacingGain]).toEqual(['probe-bw-down', 0.9])
  enterCruise(state)
  expect([state.phase, state.pacingGain]).toEqual(['probe-bw-cruise', 1])
  updateProbeBandwidth(state, eventOf({ now: 2001 }), false)
  expect([state.phase, state.pacingGain]).toEqual(['probe-bw-refill', 1])
  expect(probing().pacingGain).toBe(1.25)
})

test('CC-4 the first window of a path longer than 40 ms is what 40 ms would bring in that time, at most 160 datagrams', () => {
  const windowAfter = (rttMs: number) => {
    const controller = bbr({ datagramSize: PACKET, now: 0, random: () => 0 })
    const sample = sampleOf({ rttMs, deliveryRate: 1 })
    controller.onEvent(eventOf({ now: rttMs, ackedBytes: 0, sample, smoothedRttMs: rttMs, minRttMs: rttMs }))
    return {
      packets: controller.windowBytes() / PACKET,
      aRoundTrip: (controller.pacingRate() * rttMs) / PACKET,
    }
  }
  expect([20, 40, 100, 200, 600].map((rttMs) => windowAfter(rttMs).packets)).toEqual([32, 32, 80, 160, 160])
  expect(windowAfter(200).aRoundTrip).toBeCloseTo(2.77 * 160 * 0.99)
  expect(windowAfter(40).aRoundTrip).toBeCloseTo(2.77 * 32 * 0.99)
})

test('CC-4 ProbeRTT: half the window for 200 ms, when the least RTT was not confirmed for 5 s', () => {
  const due = (rttMs: number, now: number) => {
    const state = measured({ probeRttMinMs: RTT, probeRttMinAt: 0 })
    return updateMinRtt(state, eventOf({ now, sample: sampleOf({ rttMs }) }))
  }
  expect([due(50, 5000), due(50, 5001), due(RTT * 1.01 + 0.25, 5001), due(RTT * 1.01 + 0.26, 5001)]).toEqual([
    false,
    true,
    false,
    true,
  ])
  const state = measured()
  enterProbeRtt(state)
  expect(state.windowGain).toBe(0.5)
  expect(updateProbeRtt(state, eventOf({ now: 100, bytesInFlight: 0.5 * BEST * RTT }))).toBe(false)
  state.roundStart = true
  expect(updateProbeRtt(state, eventOf({ now: 299 }))).toBe(false)
  expect(updateProbeRtt(state, eventOf({ now: 300 }))).toBe(true)
})

test('CC-7 congestive loss above 2 % of a round ends Startup and Up', () => {
  const judged = (lost: number) => {
    const state = measured()
    const event = lossEvent({ push: PUSHING, acked: 100 - lost, lost, rttMs: 2 * RTT })
    state.discriminator.onEvent(event, RTT)
    return judgeRound(state)
  }
  expect([judged(5), judged(6)]).toEqual([false, true])
  const startup = measured()
  updateStartup(startup, eventOf(), false)
  expect(startup.phase).toBe('startup')
  updateStartup(startup, eventOf(), true)
  expect(startup.phase).toBe('drain')
  const up = probing()
  updateProbeBandwidth(up, eventOf(), true)
  expect(up.phase).toBe('probe-bw-down')
})

test('CC-7 bounds fall by β = 0.7, not below what was just delivered; headroom is 15 %', () => {
  const state = measured({ phase: 'probe-bw-cruise', windowBytes: 80 * PACKET })
  lowerBounds(state)
  expect([state.bandwidthBound, state.inflightBound]).toEqual([0.7 * BEST, 56 * PACKET])
  state.latestBandwidth = 650
  lowerBounds(state)
  expect(state.bandwidthBound).toBe(650)
  state.inflightCeiling = 100 * PACKET
  expect(inflightWithHeadroom(state)).toBe(85 * PACKET)
})

test('CC-8 a rate sample is raised by its own losses, by the random loss and a deviation at most', () => {
  const rateOf = (lost: number, gentle: number) => {
    const state = measured({ phase: 'startup' })
    const habit = lossEvent({ push: GENTLE, acked: 0.95 * gentle, lost: 0.05 * gentle, rttMs: RTT })
    state.discriminator.onEvent(habit, RTT)
    const sample = sampleOf({ deliveryRate: 2000, delivered: (100 - lost) * PACKET, lost: lost * PACKET })
    updateBandwidth(state, eventOf({ sample }))
    return bandwidth(state)
  }
  expect(rateOf(2, 1000)).toBeCloseTo(2000 * (1 + 2 / 98))
  const share = 0.05 + Math.sqrt((0.05 * 0.95) / 100)
  expect(rateOf(20, 1000)).toBeCloseTo(2000 * (1 + share / (1 - share)))
  expect(rateOf(20, 80)).toBe(2000)
})

test('CC-8 Down lasts a round trip at least, and Startup is full when delivery alone grows no more', () => {
  const down = measured()
  enterDown(down, 0)
  down.roundsSinceProbe = 1
  updateProbeBandwidth(down, eventOf(), false)
  expect(down.phase).toBe('probe-bw-down')
  down.roundsSinceProbe = 2
  updateProbeBandwidth(down, eventOf(), false)
  expect(down.phase).toBe('probe-bw-cruise')
  const startup = measured({ roundStart: true })
  const phases = [1, 2, 3, 4].map((round) => {
    const sample = sampleOf({ deliveryRate: BEST, delivered: 50 * PACKET, lost: round * 20 * PACKET })
    updateStartup(startup, eventOf({ sample }), false)
    return startup.phase
  })
  expect(phases).toEqual(['startup', 'startup', 'startup', 'drain'])
})

test('CC-10 beside messages Up uses 1.1, Down 0.8, and Up ends at 3 ms of queue', () => {
  const state = probing({ latencySensitive: true })
  expect(state.pacingGain).toBeCloseTo(1.1)
  updateProbeBandwidth(state, eventOf({ latestRttMs: RTT + 2.9 }), false)
  expect(state.phase).toBe('probe-bw-up')
  updateProbeBandwidth(state, eventOf({ latestRttMs: RTT + 3.1 }), false)
  expect([state.phase, state.pacingGain]).toEqual(['probe-bw-down', 0.8])
  const alone = probing()
  updateProbeBandwidth(alone, eventOf({ latestRttMs: RTT + 10 }), false)
  expect(alone.phase).toBe('probe-bw-up')
})

test('CC-10 beside messages a longer path is probed with the smaller step, and a queue in Cruise drained at 0.9', () => {
  const gainAt = (minRttMs: number) => probing({ latencySensitive: true, minRttMs }).pacingGain
  expect([20, 80, 100, 400].map(gainAt)).toEqual([1.1, 1.1, 1.08, 1.05])
  const cruiseGain = (latencySensitive: boolean) => {
    const state = measured({ phase: 'probe-bw-cruise', roundStart: true, latencySensitive })
    yieldToQueue(state, eventOf({ sample: sampleOf({ rttMs: RTT + 3 }) }))
    return state.pacingGain
  }
  expect([cruiseGain(false), cruiseGain(true)]).toEqual([0.95, 0.9])
})

test('CC-11 with a remembered path sending goes on at half its bandwidth, when the RTT is the remembered one', () => {
  const resumed = (rttMs: number) => {
    const state = initialState(PACKET, 0, () => 0)
    Object.assign(state, { minRttMs: rttMs, pathMemory: { bandwidth: 4000, minRttMs: RTT } })
    updateStartup(state, eventOf({ sample: sampleOf({ rttMs }) }), false)
    expect([state.phase, state.pacingGain]).toEqual(['startup', 2.77])
    return bandwidth(state)
  }
  expect([resumed(RTT * 1.24), resumed(RTT / 1.24)]).toEqual([2000, 2000])
  expect([resumed(RTT * 1.26), resumed(RTT / 1.26)]).toEqual([0, 0])
})

test('CC-12 to a queue that has stood for 20 rounds nothing is given up, and probes come twice as often', () => {
  const cruise = (emptyRound: number) => {
    const state = measured({
      phase: 'probe-bw-cruise',
      round: 100,
      roundStart: true,
      emptyRound,
      queueMs: 20,
    })
    yieldToQueue(state, eventOf({ sample: sampleOf({ rttMs: 2 * RTT }) }))
    return state
  }
  const [patient, contested] = [cruise(80), cruise(79)]
  expect([isContested(patient), isContested(contested)]).toEqual([false, true])
  expect([patient.pacingGain, contested.pacingGain]).toEqual([0.95, 1])
  expect([contestedWindow(patient), contestedWindow(contested)]).toEqual([0, BEST * RTT])
  for (const state of [patient, contested]) {
    for (let i = 0; i < 3; i++) lowerBounds(state)
  }
  expect(patient.bandwidthBound).toBeCloseTo(0.7 ** 3 * BEST)
  expect(contested.bandwidthBound).toBeCloseTo(0.7 * BEST)
  for (const state of [patient, contested]) enterDown(state, 0)
  expect([patient.probeWaitMs, contested.probeWaitMs]).toEqual([2000, 1000])
})

/** A round that began with acknowledgements read late: what it brought was sent from 10 ms before on. */
const SENT_LATE = { at: 0, sentAt: -60, delivered: 0, lost: 0 }

test('CC-13 outside of Startup and contest whole round trips tell the bandwidth, not single samples', () => {
  const cruise = (overrides: Partial<BbrState>) => {
    const state = measured({ phase: 'probe-bw-cruise', ...overrides })
    const sample = sampleOf({ deliveryRate: 9000, delivered: 10 * PACKET })
    updateBandwidth(state, eventOf({ now: 50, totalDelivered: 75_000, sample }))
    return bandwidth(state)
  }
  expect(cruise({})).toBe(BEST)
  expect(cruise({ roundStart: true })).toBe(75_000 / 50)
  expect(cruise({ roundStart: true, latencySensitive: true, since: SENT_LATE })).toBe(75_000 / 60)
  expect(cruise({ roundStart: true, since: SENT_LATE })).toBe(75_000 / 50)
  expect(cruise({ phase: 'startup' })).toBe(9000)
  expect(cruise({ round: 100 })).toBe(9000)
})
