import {Connection} from 'mongodb/lib/cmap/connection.js'

/**
 * A connection of the driver whose commands end when it does. The driver's own (7.9) waits for ever for its socket to take a command
 * that it sends between the end of the socket and the event that tells of it: a destroyed socket takes nothing, and says so by no
 * event at all. The error is the driver's, so it tries again by its own rules.
 */
export class LiveConnection extends Connection {
  override async writeCommand(command: unknown, options: unknown): Promise<void> {
    const {promise: closed, reject} = Promise.withResolvers<never>()
    const onClose = (): void => reject(this.error)
    this.once('close', onClose)
    try {
      await Promise.race([super.writeCommand(command, options), closed])
    } finally {
      this.off('close', onClose)
    }
  }
}
