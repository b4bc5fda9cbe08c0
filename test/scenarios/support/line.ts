/**
 * The line between nodes and broker, which can stop in the middle of a transfer. Carries bytes; TLS goes through it untouched.
 * @module
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type Line = {
  readonly port: number
  /** From now on lets through so many bytes towards the broker and then holds the rest. Resolves when it holds. */
  holdAfter(bytes: number): Promise<void>
  /** Carries on; what was held is lost. */
  release(): void
  stop(): Promise<void>
}

export async function startLine(brokerPort: number): Promise<Line> {
  const sockets = new Set<Socket>()
  let left = Number.POSITIVE_INFINITY
  let held: () => void = () => undefined
  const server = createServer((near) => {
    const far = connect(brokerPort, '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    far.pipe(near)
    near.on('data', (bytes) => {
      left -= bytes.length
      if (left < 0) {
        near.pause()
        held()
      } else if (!far.write(bytes)) near.pause()
    })
    far.on('drain', () => near.resume())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    holdAfter: (bytes) =>
      new Promise((resolve) => {
        held = resolve
        left = bytes
      }),
    release: () => {
      left = Number.POSITIVE_INFINITY
      for (const socket of sockets) socket.destroy()
    },
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
