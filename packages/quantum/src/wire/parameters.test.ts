import { expect, test } from 'vitest'
import { readParameters, type TransportParameters, writeParameters } from './parameters.ts'
import { Reader } from './varint.ts'

const read = (digits: string) => readParameters(new Reader(new Uint8Array(Buffer.from(digits, 'hex'))))

const NOTHING: TransportParameters = {
  maxData: 0,
  maxStreamData: 0,
  maxStreamsBidi: 0,
  maxStreamsUni: 0,
  idleTimeout: 0,
  maxAckDelay: 0,
  maxUdpPayload: 1200,
  maxDatagram: 0,
  connectionIdLimit: 2,
  maxMessage: 0,
  fecWindow: 0,
}

test('PAR-1 absent parameters are 0 (7: 1200, 9: 2), unknown ones are skipped', () => {
  expect(read('00')).toEqual(NOTHING)
  expect(read('02 7fff 4001 0a 07'.replaceAll(' ', ''))).toEqual({ ...NOTHING, maxMessage: 7 })
})

test('PAR-1 a parameter that stands twice is an error, also one that nobody knows', () => {
  for (const digits of ['02 01 05 01 05', '02 7fff 01 7fff 01'])
    expect(() => read(digits.replaceAll(' ', ''))).toThrow(
      expect.objectContaining({ code: 'quantum.malformed' }),
    )
})

test('PAR-2 the parameters have the ids 1 to 11 in the order of the rule', () => {
  const parameters: TransportParameters = {
    maxData: 21,
    maxStreamData: 22,
    maxStreamsBidi: 23,
    maxStreamsUni: 24,
    idleTimeout: 25,
    maxAckDelay: 26,
    maxUdpPayload: 1300,
    maxDatagram: 28,
    connectionIdLimit: 29,
    maxMessage: 30,
    fecWindow: 31,
  }
  const out = new Uint8Array(64)
  const digits = Buffer.from(out.subarray(0, writeParameters(out, 0, parameters))).toString('hex')
  expect(digits).toBe('0b 0115 0216 0317 0418 0519 061a 074514 081c 091d 0a1e 0b1f'.replaceAll(' ', ''))
  expect(read(digits)).toEqual(parameters)
})
