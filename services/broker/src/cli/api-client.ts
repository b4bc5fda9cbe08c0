/**
 * HTTPS to a broker, trusting one certificate authority and no other.
 * @module
 */
import { Agent, request as httpsRequest, type RequestOptions } from 'node:https'
import { type Problem, problem } from '@kruispunt/contracts'
import { createProver, type Prover } from '../sessions/prove-possession.ts'
import { ToldError } from '../told-error.ts'

/** The broker refused; its problem says why and what to do. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly problem: Problem
  constructor(refusal: Problem) {
    super(refusal.reason.en)
    this.problem = refusal
  }
}

/** The broker could not be reached, or did not answer as a broker does. */
export class UnreachableError extends ToldError {
  override readonly name = 'UnreachableError'
}

const notABroker = (options?: ErrorOptions) =>
  new UnreachableError(
    'Op dit adres antwoordt iets anders dan een schakelpunt. Controleer het adres in het toegangsbestand.',
    'Something else than a broker answers at this address. Check the address in the access file.',
    options,
  )

type ApiRequest = {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly json?: unknown
  readonly bytes?: Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  /** Shows the key to which a token is to be bound: for signing in. */
  readonly withProof?: boolean
}
export type ApiAnswer = {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  readonly text: string
}

export type ApiClient = {
  /** Whatever the answer is. @throws UnreachableError */
  send(request: ApiRequest): Promise<ApiAnswer>
  /** The answer's JSON. @throws RefusedError, UnreachableError */
  ask(request: ApiRequest): Promise<unknown>
  /** Sends this token from now on, each time with a proof that it is this client's. */
  useToken(token: string | undefined): void
  close(): void
}

const timeoutMs = 120_000
const mostAnswerBytes = 64_000_000

export function createApiClient(broker: {
  readonly url: string
  readonly caCertificate: string
  readonly certificate?: string
  readonly key?: string
  /** Ms since 1970; for proofs. */
  readonly now?: () => number
}): ApiClient {
  const agent = new Agent({
    keepAlive: true,
    ca: broker.caCertificate,
    cert: broker.certificate,
    key: broker.key,
    minVersion: 'TLSv1.3',
  })
  let token: string | undefined
  let prover: Promise<Prover> | undefined

  async function proofFor(method: string, url: URL, withProof: boolean): Promise<Record<string, string>> {
    if (token === undefined && !withProof) return {}
    prover ??= createProver(broker.now)
    const dpop = await (await prover).prove(method, url, token)
    return { dpop, ...(token === undefined ? {} : { authorization: `DPoP ${token}` }) }
  }

  async function send({ method, path, json, bytes, headers, withProof = false }: ApiRequest): Promise<ApiAnswer> {
    const url = new URL(path, broker.url)
    const proof = await proofFor(method, url, withProof)
    const body = json === undefined ? bytes : Buffer.from(JSON.stringify(json))
    const type = json === undefined ? 'application/octet-stream' : 'application/json'
    const options: RequestOptions = {
      method,
      agent,
      timeout: timeoutMs,
      headers: {
        accept: 'application/json, application/problem+json',
        ...proof,
        ...(body === undefined ? {} : { 'content-type': type, 'content-length': String(body.length) }),
        ...headers,
      },
    }
    return new Promise((resolve, reject) => {
      const fail = (error: unknown) =>
        reject(
          new UnreachableError(
            'Het schakelpunt is niet bereikbaar, of brak af. Controleer het adres in het toegangsbestand en probeer het later opnieuw.',
            'The broker cannot be reached, or broke off. Check the address in the access file and try again later.',
            { cause: error },
          ),
        )
      const request = httpsRequest(url, options, (response) => {
        const chunks: Buffer[] = []
        let length = 0
        response.on('data', (chunk: Buffer) => {
          length += chunk.length
          if (length > mostAnswerBytes) response.destroy(new Error('the answer is too long'))
          else chunks.push(chunk)
        })
        response.on('error', fail)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        )
      })
      request.on('error', fail)
      request.on('timeout', () => request.destroy(new Error('no answer in time')))
      request.end(body)
    })
  }

  return {
    send,
    async ask(request) {
      const { status, text } = await send(request)
      let value: unknown
      try {
        value = JSON.parse(text)
      } catch (error) {
        throw notABroker({ cause: error })
      }
      if (status >= 200 && status < 300) return value
      const refusal = problem.safeParse(value)
      if (!refusal.success) throw notABroker()
      throw new RefusedError(refusal.data)
    },
    useToken(value) {
      token = value
    },
    close: () => agent.destroy(),
  }
}
