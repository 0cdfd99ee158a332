import type {SettingSchema} from './check-settings.js'

export interface Definition {
  flag?: string
  env?: readonly string[]
  /** Key in ep23.config.yaml. */
  file?: string
  fallback?: string
  secret?: boolean
  /** What the file may say, and the environment as text. */
  schema?: SettingSchema
  /** A file path: relative to the configuration file when it is set there, else to the working directory. */
  path?: boolean
}

/** ep23's own settings: where each may be set, its default and what it may be. */
export const definitions = {
  store: {
    flag: 'store',
    env: ['EP23_STORE', 'MONGODB_URL'],
    file: 'store',
    fallback: '.ep23/store.sqlite',
    path: true,
    schema: {type: 'string', description: 'Where the documents are: a SQLite file or a mongodb:// URL.'},
  },
  datasetDir: {
    flag: 'dataset-dir',
    env: ['EP23_DATASET_DIR'],
    file: 'dataset_dir',
    fallback: 'datasets',
    path: true,
    schema: {type: 'string', description: 'Folder of exports, snapshots and benchmark runs.'},
  },
  logDir: {
    env: ['EP23_LOG_DIR'],
    file: 'log_dir',
    fallback: '.ep23/logs',
    path: true,
    schema: {type: 'string', description: 'Folder of the log files.'},
  },
  logLevel: {
    flag: 'log-level',
    env: ['EP23_LOG_LEVEL'],
    file: 'log_level',
    fallback: 'info',
    schema: {enum: ['debug', 'info', 'warn', 'error'], description: 'Least serious log lines to keep.'},
  },
  lang: {
    flag: 'lang',
    env: ['EP23_LANG'],
    file: 'lang',
    schema: {enum: ['ru', 'en'], description: 'Language of what people read.'},
  },
  llmUrl: {
    env: ['LLM_URL', 'OPENAI_BASE_URL'],
    file: 'llm_url',
    schema: {type: 'string', description: 'An OpenAI-compatible model server.'},
  },
  llmApiKey: {env: ['OPENAI_API_KEY'], secret: true},
  otlpEndpoint: {env: ['OTEL_EXPORTER_OTLP_ENDPOINT']},
  telemetry: {
    env: ['EP23_TELEMETRY'],
    file: 'telemetry',
    fallback: 'on',
    schema: {type: ['boolean', 'string'], description: 'on or off: whether runs leave metrics, spans and log lines.'},
  },
  traceSample: {
    env: ['EP23_TRACE_SAMPLE'],
    file: 'trace_sample',
    fallback: '1',
    schema: {type: 'number', minimum: 0, maximum: 1, description: 'The share of traces to keep.'},
  },
} as const satisfies Record<string, Definition>

/** The settings file's own keys; sections of plugins come beside them. */
export function settingsSchema(sections: Readonly<Record<string, SettingSchema>>): SettingSchema {
  const own = Object.values<Definition>(definitions).flatMap(({file, schema}) =>
    file && schema ? [[file, schema]] : [],
  )
  return {type: 'object', properties: {...Object.fromEntries(own), ...sections}}
}

/** The environment variables of the settings. */
export const SETTING_VARIABLES: readonly string[] = Object.values<Definition>(definitions).flatMap(({env = []}) => env)

export type SettingKey = keyof typeof definitions
