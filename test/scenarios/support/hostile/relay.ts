/**
 * What a hostile broker can do to what passes: a relay with TLS of its own on both sides, certified by the lab's own
 * authority, between real nodes and a real broker process. Passes everything on until it is told otherwise.
 * @module
 */
import { createServer, type Server } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { Agent, request as forward } from 'undici'

/** One call of one node. */
export type Call = {
  /** By its client certificate; undefined while it enrols. */
  readonly party: string | undefined
  readonly method: string
  /** Without `/v1/labs/<lab>/`: `log/entries`, `statements`, `extracts/<id>/columns/<name>`. */
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Buffer
}
export type Reply = { readonly status: number; readonly body: Buffer }
/** Hangs up without an answer: `relay.hangUp`. */
const hangUp = Symbol('hang up')
type Outcome = Reply | typeof hangUp

export type Rule = {
  /** Whose calls; everybody's when absent. */
  readonly party?: string | readonly string[]
  readonly method?: 'GET' | 'POST' | 'PUT'
  /** Start of the path; any when absent. */
  readonly path?: string
  /** How often; always when absent. */
  readonly times?: number
  /** What happens to it. `pass` hands the call, or another one, to the rules before this one and at last to the real broker. */
  act(call: Call, pass: (changed?: Partial<Call>) => Promise<Reply>): Promise<Outcome> | Outcome
}

type Identity = { readonly certificate: string; readonly key: string }
export type Relay = Awaited<ReturnType<typeof startRelay>>

export const jsonReply = (value: unknown, status = 200): Reply => ({ status, body: Buffer.from(JSON.stringify(value)) })
export const jsonOf = <T>({ body }: { readonly body: Buffer }): T => JSON.parse(body.toString('utf8')) as T

/**
 * @param options.upstream - address of the real broker right now; it may move when that is started again
 * @param options.identityOf - certificate and key with which the real broker lets a party in
 */
export async function startRelay(options: {
  readonly lab: string
  readonly caCertificate: string
  readonly server: { readonly certificatePem: string; readonly keyPem: string }
  readonly upstream: () => string
  readonly identityOf: (party: string) => Promise<Identity>
  /** Kept when a lab is taken up again, since nodes remember the address. */
  readonly port?: number
}) {
  const { lab, caCertificate, server, upstream, identityOf } = options
  const rules: { rule: Rule; left: number }[] = []
  const traffic: { call: Call; reply: Reply | undefined }[] = []
  const agents = new Map<string, Promise<Agent>>()
  const sockets = new Set<Socket>()

  const agentOf = (party: string | undefined): Promise<Agent> => {
    const known = agents.get(party ?? '')
    if (known !== undefined) return known
    const made = (async () => {
      const identity = party === undefined ? undefined : await identityOf(party)
      return new Agent({
        connect: { ca: caCertificate, ...(identity && { cert: identity.certificate, key: identity.key }) },
        connections: 16,
      })
    })()
    agents.set(party ?? '', made)
    return made
  }

  async function toBroker(call: Call): Promise<Reply> {
    const prefix = call.path.startsWith('/') ? '' : `/v1/labs/${lab}/`
    const query = call.query.size === 0 ? '' : `?${call.query}`
    const hasBody = call.method !== 'GET' && call.method !== 'DELETE'
    const type = call.method === 'PUT' ? 'application/octet-stream' : 'application/json'
    const { statusCode, body } = await forward(`${upstream()}${prefix}${call.path}${query}`, {
      dispatcher: await agentOf(call.party),
      method: call.method as 'GET',
      headers: hasBody ? { 'content-type': type, 'content-length': String(call.body.length) } : {},
      body: hasBody ? call.body : null,
    })
    return { status: statusCode, body: Buffer.from(await body.arrayBuffer()) }
  }

  const fits = ({ party, method, path }: Rule, call: Call) =>
    (party === undefined || (call.party !== undefined && [party].flat().includes(call.party))) &&
    (method === undefined || method === call.method) &&
    (path === undefined || call.path.startsWith(path))

  class HungUp extends Error {}

  async function through(call: Call, from: number): Promise<Reply> {
    for (let at = from; at >= 0; at -= 1) {
      const entry = rules[at]
      if (entry === undefined || entry.left <= 0 || !fits(entry.rule, call)) continue
      entry.left -= 1
      const outcome = await entry.rule.act(call, (changed) => through({ ...call, ...changed }, at - 1))
      if (outcome === hangUp) throw new HungUp()
      return outcome
    }
    return toBroker(call)
  }

  const https: Server = createServer(
    {
      cert: server.certificatePem,
      key: server.keyPem,
      ca: caCertificate,
      requestCert: true,
      rejectUnauthorized: false,
    },
    (request, response) => {
      const pieces: Buffer[] = []
      request.on('data', (piece: Buffer) => pieces.push(piece))
      request.on('error', () => request.socket.destroy())
      request.on('end', async () => {
        const url = new URL(request.url ?? '/', 'https://localhost')
        const prefix = `/v1/labs/${lab}/`
        const socket = request.socket as TLSSocket
        const subject = socket.authorized ? socket.getPeerCertificate().subject?.CN : undefined
        const call: Call = {
          party: subject === undefined ? undefined : String(subject),
          method: request.method ?? '',
          path: url.pathname.startsWith(prefix) ? url.pathname.slice(prefix.length) : url.pathname,
          query: url.searchParams,
          body: Buffer.concat(pieces),
        }
        try {
          const reply = await through(call, rules.length - 1)
          traffic.push({ call, reply })
          response.writeHead(reply.status, { 'content-type': 'application/json' }).end(reply.body)
        } catch {
          // Hung up on purpose, or the real broker is down: the node sees the same.
          traffic.push({ call, reply: undefined })
          request.socket.destroy()
        }
      })
    },
  )
  https.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => https.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = https.address() as AddressInfo

  return {
    port,
    hangUp: hangUp as typeof hangUp,
    url: `https://localhost:${port}`,
    /** Every call so far with its answer, bytes as they went. */
    traffic: traffic as readonly { readonly call: Call; readonly reply: Reply | undefined }[],
    /** The newest rule is asked first. @returns takes the rule away again */
    on(rule: Rule): () => void {
      const entry = { rule, left: rule.times ?? Number.POSITIVE_INFINITY }
      rules.push(entry)
      return () => {
        entry.left = 0
      }
    },
    /** Honest again: all rules go, and calls that are held are hung up on. */
    beHonest(): void {
      for (const entry of rules) entry.left = 0
      for (const socket of sockets) socket.destroy()
    },
    /** A call of one's own, straight to the real broker, as this party's client. */
    call: (party: string | undefined, method: string, path: string, body: Buffer | object = Buffer.alloc(0)) => {
      const [plain = '', query] = path.split('?')
      const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
      return toBroker({ party, method, path: plain, query: new URLSearchParams(query), body: bytes })
    },
    async stop(): Promise<void> {
      const closed = new Promise((resolve) => https.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
      for (const agent of agents.values()) await (await agent).destroy()
    },
  }
}
