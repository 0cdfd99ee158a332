/**
 * Gives telemetry its last chance when an error was caught by nobody (rejections included): `close` is awaited, then
 * the error is thrown again, so that Node prints it and ends the process as ever. Returns what stops listening.
 */
export function onFatalError(close: (error: Error) => Promise<void>): () => void {
  const handle = (thrown: unknown): void => {
    stop()
    const error = thrown instanceof Error ? thrown : new Error(String(thrown))
    const rethrow = (): void => {
      setImmediate(() => {
        throw thrown
      })
    }
    close(error).then(rethrow, rethrow)
  }
  const stop = (): void => void process.off('uncaughtException', handle)
  process.on('uncaughtException', handle)
  return stop
}
