/** Signatures by the browser's own cryptography. */

/** @throws Error `NotSupportedError` where the browser does not know Ed25519 */
export async function verifyEd25519(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const own = (bytes: Uint8Array) => Uint8Array.from(bytes)
  const key = await crypto.subtle.importKey('raw', own(publicKey), { name: 'Ed25519' }, false, ['verify'])
  return crypto.subtle.verify({ name: 'Ed25519' }, key, own(signature), own(message))
}
