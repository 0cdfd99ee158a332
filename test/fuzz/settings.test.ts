import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'
import * as fc from 'fast-check'

import {loadSettings} from '#src/settings.js'

import {parseScenario} from '../../plugins/benchmark/dist/adapters/find-scenario.js'
import {CONFIG_KEYS, readArgument} from '../../plugins/rag/dist/domain/config-keys.js'
import {readConfigYaml} from '../../plugins/rag/dist/domain/config-yaml.js'
import {editConfigYaml} from '../../plugins/rag/dist/domain/edit-config-yaml.js'
import {readTuningSpace} from '../../plugins/rag/dist/domain/tuning-space-yaml.js'
import {parseMeasure} from '../../plugins/rag/dist/formats/measure-notation.js'
import {temporaryFolder} from '../helpers/run-ep23.ts'
import {ENVIRONMENT, HOSTILE_URLS, HOSTILE_WORDS} from './command-line.ts'
import {damaged, fuzz} from './fuzz-target.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

describe('what people set, damaged', () => {
  const folder = temporaryFolder()
  const file = join(folder.path, 'ep23.config.yaml')
  after(() => folder.remove())

  fuzz('a scenario', damaged(read('plugins/benchmark/config/scenarios/channel_digest_ru.yaml')), bytes =>
    parseScenario('channel_digest_ru.yaml', bytes.toString()),
  )

  fuzz(
    'a tuning space',
    damaged('retrieval.bm25.k1: [0.9, 1.2]\nretrieval.top_k: {min: 5, max: 20, steps: 4}\n'),
    async bytes => readTuningSpace('space.yaml', bytes.toString()),
  )

  const configuration = read('config/retrieval_rerank_config.yaml')
  const change = fc.tuple(
    damaged(configuration, configuration.replaceAll('\n', '\r\n'), 'retrieval: {top_k: 10, bm25: {k1: 0.9}} # flow\n'),
    fc.constantFrom(...CONFIG_KEYS),
    fc.oneof(fc.constantFrom(...HOSTILE_WORDS, 'true', 'null', '10', '0.5', '1e-7'), fc.string({unit: 'grapheme'})),
  )
  fuzz('the retrieval configuration and an edit of it', change, async ([bytes, key, word]) => {
    const before = readConfigYaml('rag.yaml', bytes.toString())
    const value = readArgument(key, word)
    const after = editConfigYaml(before, key.path, value)
    // What was not edited says what it said.
    const again = readConfigYaml('rag.yaml', after.text)
    expect(again.values.get(key.path)).to.deep.equal(value)
    for (const [path, kept] of before.values) if (path !== key.path) expect(again.values.get(path), path).to.equal(kept)
  })

  fuzz('a measure', damaged('ndcg@10', 'P(rel=2)@5', 'MRR'), async bytes => parseMeasure(bytes.toString()))

  const value = fc.oneof(fc.constantFrom(...HOSTILE_WORDS, ...HOSTILE_URLS), fc.string({unit: 'grapheme'}))
  const environment = fc.dictionary(fc.constantFrom(...Object.values(ENVIRONMENT).flat()), value)
  fuzz(
    'the settings file and the environment',
    fc.tuple(damaged(read('ep23.config.yaml')), environment),
    async ([bytes, env]) => {
      writeFileSync(file, bytes)
      await loadSettings({flags: {}, env, cwd: folder.path, shippedFile: file, sections: {}})
    },
  )
})
