/** The runtimes that write telemetry. A closed set, because it is a label of metrics and logs. */
export const SERVICES = ['ep23-cli', 'ep23-mcp', 'ep23-sidecar'] as const
export type Service = (typeof SERVICES)[number]

/** From the least to the most serious. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]
export type Attributes = Readonly<Record<string, string | number | boolean>>

/** Fields that every log line may carry beside the message; secrets are redacted before they are written. */
export interface LogFields extends Record<string, unknown> {
  channel?: string
  stage?: string
  err?: unknown
}

export interface Logger {
  debug(fields: LogFields, message: string): void
  info(fields: LogFields, message: string): void
  warn(fields: LogFields, message: string): void
  error(fields: LogFields, message: string): void
}

export interface Span {
  setAttributes(attributes: Attributes): void
}

export interface Tracer {
  readonly traceId: string
  /**
   * Runs `work` as a child of the current span; an error marks the span and is thrown on.
   * @param parent `traceparent` of another process whose trace this is part of
   */
  span<T>(name: string, attributes: Attributes, work: (span: Span) => Promise<T>, parent?: string): Promise<T>
  /** W3C `traceparent` of the current span, for child processes and outgoing requests. */
  traceparent(): string
}
