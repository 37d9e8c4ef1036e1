import { QuantumError } from '../errors.ts'

export const isQuantumError = (error: unknown): boolean => error instanceof QuantumError
