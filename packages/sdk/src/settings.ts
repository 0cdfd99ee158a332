/** A language that people read. */
export type Language = 'ru' | 'en'

export interface SettingValue {
  key: string
  /** Secrets and passwords in URLs are masked. */
  value: string | undefined
  /** `flag --store`, `environment EP23_STORE`, `file ep23.config.yaml`, `default`. */
  origin: string
}

/** Flag > EP23_* environment > ep23.config.yaml > default. */
export interface Settings {
  readonly store: string
  readonly datasetDir: string
  readonly logDir: string
  readonly logLevel: string
  /** Of what people read; `--json`, logs and metrics are the same in every language. */
  readonly lang: Language
  readonly llmUrl: string | undefined
  readonly llmApiKey: string | undefined
  readonly otlpEndpoint: string | undefined
  /** Whether runs leave metrics, spans, log lines and their document behind. */
  readonly telemetry: boolean
  /** The share of traces whose spans are kept, 0 to 1. */
  readonly traceSample: number
  /** The folder that relative paths of the configuration file are relative to. */
  readonly configDir: string
  /** A plugin's own part of ep23.config.yaml, unchecked. */
  section(name: string): unknown
  explain(): readonly SettingValue[]
}
