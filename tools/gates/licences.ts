import { type Gate, verdictOfFaults } from '../lib/gate.ts'
import { licenceFaults } from '../licences/policy.ts'
import { developmentPackages, shippedPackages } from '../licences/shipped.ts'

export const licenceGate: Gate = {
  name: 'licences of third-party packages',
  run: async () => {
    const shipped = shippedPackages()
    const development = developmentPackages()
    const faults = [...licenceFaults(shipped, true), ...licenceFaults(development, false)]
    return verdictOfFaults([...new Set(faults)], `${shipped.length} shipped, ${development.length} installed`)
  },
}
