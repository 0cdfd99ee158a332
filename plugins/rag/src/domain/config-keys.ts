import {
  FUSION_METHODS,
  RERANKER_STRATEGIES,
  RETRIEVAL_DEFAULTS,
  type RetrievalRerankConfig,
} from '../retrieval/retrieval-config.js'
import {message} from '../words/words.js'
import type {Message} from '@ep23/sdk'

export type ConfigValue = string | number | boolean | null

/** The project's own configuration, relative to its folder. */
export const DEFAULT_CONFIG_PATH = 'config/retrieval_rerank_config.yaml'

/** One key of `retrieval_rerank_config.yaml`. */
export interface ConfigKey {
  /** Dotted. */
  path: string
  /** What the value may be, for messages. */
  expected: Message
  accepts: (value: unknown) => boolean
  /** For a file that leaves the key out. */
  default: ConfigValue
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== ''
const isNull = (value: unknown): boolean => value === null

function whole(min: number, max: number): Pick<ConfigKey, 'expected' | 'accepts'> {
  const accepts = (value: unknown) => isNumber(value) && Number.isInteger(value) && value >= min && value <= max
  return {expected: message('wholeWithin', {min, max}), accepts}
}

function number(min: number, max: number): Pick<ConfigKey, 'expected' | 'accepts'> {
  return {
    expected: message('numberWithin', {min, max}),
    accepts: value => isNumber(value) && value >= min && value <= max,
  }
}

const text = {expected: message('someText'), accepts: isText}
const flag = {expected: message('trueOrFalse'), accepts: (value: unknown) => typeof value === 'boolean'}

function orNull({expected, accepts}: Pick<ConfigKey, 'expected' | 'accepts'>): Pick<ConfigKey, 'expected' | 'accepts'> {
  return {expected: message('orNull', {expected}), accepts: value => isNull(value) || accepts(value)}
}

const WINDOW = /^[\w.-]{1,40}$/u

const isWindow = (value: unknown): boolean =>
  typeof value === 'string' ? WINDOW.test(value) : isNumber(value) && Number.isInteger(value) && value >= 3

function oneOf(names: readonly string[]): Pick<ConfigKey, 'expected' | 'accepts'> {
  return {
    expected: message('oneOf', {names: names.map(name => `"${name}"`).join(', ')}),
    accepts: value => names.some(name => name === value),
  }
}

/** Blanks at its end belong to it: `query: ` is not `query:`. */
const prefix = {expected: message('anyText'), accepts: (value: unknown) => typeof value === 'string'}

/** An Ed25519 public key (SPKI, DER) in Base64. */
export const PUBLIC_KEY = /^[A-Za-z0-9+/]{59}=$/u

const publicKey = {
  expected: message('publicKeyText'),
  accepts: (value: unknown) => typeof value === 'string' && PUBLIC_KEY.test(value),
}

/** The flag that switches the reranking on for users. */
export const GUARDED_FLAG = 'feature_flags.enable_rag_plus_plus'
export const OWNER_KEY = 'owner.public_key'

const {embeddings: EMBEDDINGS, fusion: FUSION} = RETRIEVAL_DEFAULTS

/** Every key that the file may have, in the order of the file; anything else is refused. */
export const CONFIG_KEYS: readonly ConfigKey[] = [
  {path: 'retrieval.top_k', ...whole(1, 1000), default: RETRIEVAL_DEFAULTS.top_k},
  {path: 'retrieval.score_threshold', ...number(0, 1), default: RETRIEVAL_DEFAULTS.score_threshold},
  {
    path: 'retrieval.vector_search_headroom_multiplier',
    ...whole(1, 100),
    default: RETRIEVAL_DEFAULTS.vector_search_headroom_multiplier,
  },
  {path: 'retrieval.bm25.k1', ...number(0, 10), default: RETRIEVAL_DEFAULTS.bm25.k1},
  {path: 'retrieval.bm25.b', ...number(0, 1), default: RETRIEVAL_DEFAULTS.bm25.b},
  {path: 'retrieval.embeddings.model', ...orNull(text), default: EMBEDDINGS.model},
  {path: 'retrieval.embeddings.query_prefix', ...prefix, default: EMBEDDINGS.query_prefix},
  {path: 'retrieval.embeddings.document_prefix', ...prefix, default: EMBEDDINGS.document_prefix},
  {path: 'retrieval.embeddings.batch_size', ...whole(1, 2048), default: EMBEDDINGS.batch_size},
  {path: 'retrieval.embeddings.timeout_seconds', ...number(0.001, 3600), default: EMBEDDINGS.timeout_seconds},
  {path: 'retrieval.fusion.method', ...oneOf(FUSION_METHODS), default: FUSION.method},
  {path: 'retrieval.fusion.embeddings_weight', ...number(0, 1), default: FUSION.embeddings_weight},
  {path: 'retrieval.fusion.rrf_k', ...number(0, 10_000), default: FUSION.rrf_k},
  {path: 'retrieval.fusion.depth', ...whole(1, 100_000), default: FUSION.depth},
  {path: 'reranker.enabled', ...flag, default: false},
  {path: 'reranker.strategy', ...oneOf(RERANKER_STRATEGIES), default: 'off'},
  {path: 'reranker.seed', ...orNull(whole(0, 2 ** 31 - 1)), default: null},
  {
    path: 'reranker.variance_window',
    expected: message('nameOrWhole'),
    accepts: isWindow,
    default: 'current',
  },
  {path: 'reranker.adaptive_threshold', ...number(0, 1), default: 0.1},
  {path: 'reranker.llm.model', ...text, default: 'mistral:7b-instruct'},
  {path: 'reranker.llm.temperature', ...number(0, 2), default: 0.5},
  {path: 'reranker.llm.max_tokens', ...whole(1, 100_000), default: 256},
  {path: 'reranker.llm.timeout_seconds', ...number(0.001, 3600), default: 3},
  {path: 'reranker.llm.temperature_override_env', ...orNull(text), default: null},
  {path: 'reranker.cross_encoder.model_name', ...text, default: 'cross-encoder/ms-marco-MiniLM-L-6-v2'},
  {path: 'reranker.cross_encoder.batch_size', ...whole(1, 1000), default: 8},
  {path: GUARDED_FLAG, ...flag, default: false},
  {path: OWNER_KEY, ...orNull(publicKey), default: null},
]

const BY_PATH: ReadonlyMap<string, ConfigKey> = new Map(CONFIG_KEYS.map(key => [key.path, key]))

export function configKey(path: string): ConfigKey | undefined {
  return BY_PATH.get(path)
}

/** Whether keys stand below this path. */
export function isSection(path: string): boolean {
  return CONFIG_KEYS.some(key => key.path.startsWith(`${path}.`))
}

/** The known path that a mistyped one most likely means, by its last part. */
export function similarKey(path: string): string | undefined {
  const last = lastName(path)
  return CONFIG_KEYS.find(key => key.path.endsWith(`.${last}`) || lastName(key.path).startsWith(last))?.path
}

/** Dotted path → value, for the keys that the file has. */
export type ConfigValues = ReadonlyMap<string, ConfigValue>

/** The value in the file, or the default; null for an unknown path. */
export function valueOf(values: ConfigValues, path: string): ConfigValue {
  return values.get(path) ?? (values.has(path) ? null : (configKey(path)?.default ?? null))
}

export interface ConfigChange {
  key: string
  from: ConfigValue
  to: ConfigValue
}

/** Keys whose effective value differs: those of everybody in the order of the file, then those of a canary. */
export function diffValues(from: ConfigValues, to: ConfigValues): ConfigChange[] {
  const paths = new Set([...CONFIG_KEYS.map(({path}) => path), ...from.keys(), ...to.keys()])
  return Array.from(paths, path => ({key: path, from: valueOf(from, path), to: valueOf(to, path)})).filter(
    change => change.from !== change.to,
  )
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u
const WORDS: ReadonlyMap<string, ConfigValue> = new Map<string, ConfigValue>([
  ['true', true],
  ['false', false],
])

/** What a user typed as a value: a number, true, false or null where the key takes one, else the text itself. */
export function readArgument({accepts}: Pick<ConfigKey, 'accepts'>, typed: string): ConfigValue {
  const value = WORDS.get(typed) ?? (NUMBER.test(typed) ? Number(typed) : typed)
  if (typed === 'null' && accepts(null)) return null
  return accepts(value) ? value : typed
}

export type Section = {[name: string]: Section | ConfigValue}

/** Values under dotted paths, as sections within sections. */
export function sectionsOf(values: Iterable<readonly [string, ConfigValue]>): Section {
  const root: Section = {}
  for (const [path, value] of values) {
    const names = path.split('.').slice(0, -1)
    const section = names.reduce<Section>((parent, name) => (parent[name] ??= {}) as Section, root)
    section[lastName(path)] = value
  }
  return root
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}

/** The whole configuration with defaults for what the file leaves out. */
export function configSettings(values: ConfigValues): RetrievalRerankConfig {
  return sectionsOf(CONFIG_KEYS.map(({path}) => [path, valueOf(values, path)])) as unknown as RetrievalRerankConfig
}

/** Dotted path → effective value of every key. */
export function effectiveValues(values: ConfigValues): Record<string, ConfigValue> {
  return Object.fromEntries(CONFIG_KEYS.map(({path}) => [path, valueOf(values, path)]))
}
