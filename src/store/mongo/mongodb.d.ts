// The driver's own connection. It takes another class in its place (`connectionType`), and declares neither.
declare module 'mongodb/lib/cmap/connection.js' {
  import type {EventEmitter} from 'node:events'

  export class Connection extends EventEmitter<{close: []}> {
    /** Why it is closed; null while it is open. */
    readonly error: Error | null
    writeCommand(command: unknown, options: unknown): Promise<void>
  }
}
