/**
 * How a sealed column is laid out: a 24-byte header, then chunks of 64 KiB plaintext, each 17 bytes longer when
 * sealed. All are full but the last, which carries the final tag and may be shorter, or empty in an empty column.
 * @module
 */
export const headerBytes = 24
export const chunkBytes = 65_536
export const chunkOverheadBytes = 17
export const sealedChunkBytes = chunkBytes + chunkOverheadBytes
