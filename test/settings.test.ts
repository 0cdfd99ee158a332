import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {runEp23, temporaryFolder} from './helpers/run-ep23.ts'

const REFUSED: [what: string, yaml: string, code: number, said: RegExp][] = [
  ['a misspelt key', 'dataset:\n  dayz: 30\n', 65, /ep23\.config\.yaml:2:3: .*dataset\.dayz.*did you mean days\?/su],
  ['a misspelt key outside of its section', 'dayz: 30\n', 65, /:1:1: .*dayz.*did you mean dataset\.days\?/su],
  ['a misspelt section', 'store: s.sqlite\ndatasett:\n  days: 3\n', 65, /:2:1: .*datasett.*did you mean dataset\?/su],
  ['a number for a path', 'store: 5\n', 65, /:1:1: store must be a text, and is 5/u],
  [
    'a text for a number',
    'dataset:\n  days: много\n',
    65,
    /:2:3: dataset\.days must be a whole number, and is "много"/u,
  ],
  [
    'one channel for a list',
    'dataset: {channels: habr}\n',
    65,
    /:1:11: dataset\.channels must be a list, and is "habr"/u,
  ],
  [
    'a channel without a name',
    'dataset:\n  channels:\n    - from: x.json\n',
    65,
    /dataset\.channels\[0\] needs a name/u,
  ],
  ['a level that does not exist', 'log_level: loud\n', 65, /log_level must be one of debug, info, warn, error/u],
  [
    'a text that YAML 1.1 takes for a switch',
    'lang: ru\nstore: off\n',
    65,
    /:2:8: off is read by YAML 1\.1 as false.*write "off"/su,
  ],
  ['a share above one', 'trace_sample: 2\n', 65, /trace_sample must be at most 1, and is 2/u],
]

const VARIABLES: [env: Record<string, string>, said: RegExp][] = [
  [{EP23_STOR: 'x'}, /EP23_STOR is no setting of ep23.*did you mean EP23_STORE\?/su],
  [{EP23_LOG_LEVEL: 'xxx'}, /EP23_LOG_LEVEL must be one of debug, info, warn, error, and is "xxx"/u],
  [{EP23_LANG: 'fr'}, /EP23_LANG must be one of ru, en, and is "fr"/u],
  [{EP23_QUIET: 'может'}, /EP23_QUIET must be yes or no, and is "может"/u],
  [{EP23_DATASET_SEED_DAYS: 'много'}, /EP23_DATASET_SEED_DAYS/u],
  [
    {EP23_STORE: 'localhost:27017'},
    /localhost:27017 is neither a file nor a URL.*did you mean mongodb:\/\/localhost:27017\?/su,
  ],
]

describe('settings', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  beforeEach(() => (folder = temporaryFolder()))
  afterEach(() => folder.remove())

  const explain = (cwd: string, env: Record<string, string> = {}) => runEp23(['config:explain', '--json'], {cwd, env})

  for (const [what, yaml, expected, said] of REFUSED)
    it(`refuse ${what}, with its place`, async () => {
      writeFileSync(join(folder.path, 'ep23.config.yaml'), yaml)
      const {code, stdout} = await explain(folder.path)
      const {message, suggestions} = JSON.parse(stdout).error
      expect(`${message}\n${suggestions.join('\n')}`).to.match(said)
      expect(code).to.equal(expected)
    })

  for (const [env, said] of VARIABLES)
    it(`refuse ${Object.entries(env).flat().join('=')}`, async () => {
      const {code, stdout} = await runEp23(['dataset:seed', '--plan', '--json'], {cwd: folder.path, env})
      const {message, suggestions} = JSON.parse(stdout).error
      expect(`${message}\n${suggestions.join('\n')}`).to.match(said)
      expect(code).to.equal(64)
    })

  it('show no credentials of an address, whether in its query or before its host', async () => {
    const LLM_URL = 'https://h.example/v1?key=hunter2'
    const MONGODB_URL = 'mongodb://ann:hunter2@h.example/db'
    const {stdout} = await explain(folder.path, {LLM_URL, MONGODB_URL})
    expect(stdout).to.include('https://h.example/v1?key=***').and.not.include('hunter2')
  })

  it('are found in a folder above, relative to it, and each value is explained', async () => {
    writeFileSync(join(folder.path, 'ep23.config.yaml'), 'store: here.sqlite\ndataset:\n  days: 7\n')
    const inner = join(folder.path, 'a/b')
    mkdirSync(inner, {recursive: true})
    const {settings} = JSON.parse((await explain(inner)).stdout).data
    const origin = 'file ../../ep23.config.yaml'
    expect(settings).to.deep.include({key: 'store', value: join(folder.path, 'here.sqlite'), origin})
    expect(settings).to.deep.include({key: 'dataset.days', value: '7', origin})
  })
})
