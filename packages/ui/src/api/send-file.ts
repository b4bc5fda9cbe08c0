/**
 * Sending a file to the own service, with how far it is: `fetch` does not tell. The file goes as it is and without its name.
 * @module
 */
import { pageHeader } from '@kruispunt/contracts'
import type { z } from 'zod'
import { believed } from './ask-service.ts'
import { Unexpected, Unreachable } from './errors.ts'

/**
 * @param path - below `/v1`, already encoded
 * @param onProgress - the part that was sent, 0 to 1
 * @throws Refused, Unreachable, Unexpected
 */
export function sendFile<S extends z.ZodType>(
  path: string,
  file: Blob,
  answer: S,
  onProgress: (part: number) => void,
): Promise<z.output<S>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/v1${path}`)
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader(pageHeader, '1')
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total))
    request.addEventListener('error', () => reject(new Unreachable('no answer')))
    request.addEventListener('abort', () => reject(new Unreachable('stopped')))
    request.addEventListener('load', () => {
      try {
        resolve(believed(request.status, JSON.parse(request.responseText), answer))
      } catch (error) {
        reject(error instanceof SyntaxError ? new Unexpected('not JSON', { cause: error }) : error)
      }
    })
    request.send(file)
  })
}
