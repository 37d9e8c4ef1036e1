/** A thread that prepares one image after the other. */
import { parentPort } from 'node:worker_threads'
import { prepareImage } from './prepare.ts'

parentPort?.on('message', (bytes: Uint8Array) => {
  void prepareImage(bytes).then((prepared) => parentPort?.postMessage(prepared))
})
