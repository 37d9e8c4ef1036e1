import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { Random } from '@stoa/kernel'

const IV_BYTES = 12
const TAG_BYTES = 16

/** AES-256-GCM: IV ‖ ciphertext ‖ tag. `context` must be the same to open it, so that rows cannot be exchanged. */
export function seal(key: Buffer, context: string, plain: Uint8Array, random: Random): Buffer {
  const iv = random.fill(new Uint8Array(IV_BYTES))
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES }).setAAD(
    Buffer.from(context),
  )
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** @throws Error when the key, the context or a byte is another one */
export function open(key: Buffer, context: string, sealed: Uint8Array): Buffer {
  const iv = sealed.subarray(0, IV_BYTES)
  const tag = sealed.subarray(sealed.length - TAG_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(context))
    .setAuthTag(tag)
  return Buffer.concat([
    decipher.update(sealed.subarray(IV_BYTES, sealed.length - TAG_BYTES)),
    decipher.final(),
  ])
}
