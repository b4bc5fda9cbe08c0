/**
 * `… | head` reads what it wants and goes. That is no fault: the rest is not printed, and files are written all the same.
 * @module
 */
export function readerMayLeave(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}
