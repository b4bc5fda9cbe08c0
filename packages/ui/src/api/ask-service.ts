/**
 * Asking the service that served this page: its own address only, the session in a cookie that no script sees, and every
 * answer held against the contract before a page believes it.
 * @module
 */
import { pageHeader } from '@kruispunt/contracts'
import type { z } from 'zod'
import { Refused, toldProblem, Unexpected, Unreachable } from './errors.ts'

type Ask<S extends z.ZodType> = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Sent as JSON; a file is sent as it is, piece by piece. */
  readonly body?: unknown
  /** What the answer must be. */
  readonly answer: S
  readonly signal?: AbortSignal | undefined
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (error) {
    throw new Unexpected('not JSON', { cause: error })
  }
}

/**
 * @param path - below `/v1`, already encoded
 * @throws Refused, Unreachable, Unexpected
 */
export async function askService<S extends z.ZodType>(
  path: string,
  { method = 'GET', body, answer, signal }: Ask<S>,
): Promise<z.output<S>> {
  const headers: Record<string, string> = { accept: 'application/json', [pageHeader]: '1' }
  if (body !== undefined)
    headers['content-type'] = body instanceof Blob ? 'application/octet-stream' : 'application/json'
  let response: Response
  try {
    response = await fetch(`/v1${path}`, {
      method,
      headers,
      body: body === undefined ? null : body instanceof Blob ? body : JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: signal ?? null,
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Unreachable('no answer', { cause: error })
  }
  return believed(response.status, response.status === 204 ? null : await jsonOf(response), answer)
}

/** @returns what the service said, if it has the form that was agreed @throws Refused, Unexpected */
export function believed<S extends z.ZodType>(status: number, told: unknown, answer: S): z.output<S> {
  if (status < 200 || status > 299) {
    const refusal = toldProblem.safeParse(told)
    throw refusal.success ? new Refused(refusal.data) : new Unexpected(`status ${status}`)
  }
  const parsed = answer.safeParse(told)
  if (!parsed.success) throw new Unexpected('another form')
  return parsed.data
}
