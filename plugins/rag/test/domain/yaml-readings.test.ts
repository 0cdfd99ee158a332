import {spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect} from 'chai'
import * as fc from 'fast-check'
import {parseDocument} from 'yaml'
import {agreedSpelling, otherReading} from '@ep23/sdk'
import {readConfigYaml} from '#src/domain/config-yaml.js'

const shipped = readFileSync(join(import.meta.dirname, '../../../../config/retrieval_rerank_config.yaml'), 'utf8')
const inRussian = readFileSync(join(import.meta.dirname, '../../assets/retrieval_rerank_config.ru.yaml'), 'utf8')
const WORDS = [
  'on',
  'off',
  'yes',
  'No',
  'OFF',
  '042',
  '-017',
  '0b11',
  '1:30',
  '190:20:30',
  '1_000',
  '0o17',
  '1e3',
  '2.5e3',
  '=',
]

describe('values that YAML 1.1 reads otherwise', () => {
  for (const word of [...WORDS, '2024-11-03'])
    it(`are refused with place and spelling: ${word}`, () => {
      const text = shipped.replace(/^(?<indent> +)(?<key>seed|strategy): .*$/mu, `$<indent>$<key>: ${word}`)
      expect(text).to.not.equal(shipped)
      expect(() => readConfigYaml('c.yaml', text)).to.throw(/^c\.yaml:\d+:\d+: /u)
    })

  it('say how to write it', () => {
    const text = shipped.replace(/^( +seed): .*$/mu, '$1: 042')
    try {
      readConfigYaml('c.yaml', text)
      expect.fail('nothing was refused')
    } catch (error) {
      expect(error).to.include({exit: 65})
      expect((error as {suggestions: string[]}).suggestions.join()).to.include('seed: 42')
    }
  })

  it('are let be where both agree, quoted ones among them', () => {
    for (const word of [
      'true',
      'null',
      '42',
      '-1',
      '0.5',
      '1.0e+3',
      'embeddings',
      '0',
      '"off"',
      "'042'",
      '12:',
      'y',
      'n',
    ])
      expect(otherReading(word), word).to.equal(undefined)
    expect(() => readConfigYaml('c.yaml', shipped)).to.not.throw()
  })

  it('are those on which PyYAML and YAML 1.2 disagree', function () {
    this.timeout(20_000)
    const python = [
      'import json,sys,yaml',
      'for w in json.load(sys.stdin):',
      '  try: print(json.dumps(yaml.safe_load(w), default=str))',
      '  except Exception: print(json.dumps("refused"))',
    ].join('\n')
    if (spawnSync('python3', ['-c', 'import yaml']).status !== 0) this.skip()
    const words = fc
      .sample(
        fc.oneof(
          fc.constantFrom(
            ...WORDS,
            'On',
            'no',
            '1.5',
            '.5',
            '5.',
            '1e-3',
            '1.5e+3',
            '0x1F',
            '0x_1',
            '.inf',
            '~',
            'Null',
            '+12',
            '1__0',
          ),
          fc.stringMatching(/^[-+]?[0-9][0-9_.:eE+-]{0,6}$/u),
        ),
        {numRuns: 600, seed: 23},
      )
      .filter(word => !/[:.]$|^[-.]$|: /u.test(word) && !/^[\d_]+-/u.test(word))
    const {stdout} = spawnSync('python3', ['-c', python], {input: JSON.stringify(words), encoding: 'utf8'})
    const theirs = stdout
      .trim()
      .split('\n')
      .map(line => JSON.stringify(JSON.parse(line.replaceAll('Infinity', 'null'))))
    words.forEach((word, index) => {
      const ours: unknown = parseDocument(word).toJS()
      const agree = theirs[index] === '"refused"' || theirs[index] === JSON.stringify(ours)
      if (!agree)
        expect(otherReading(word), `${word}: PyYAML ${theirs[index]}, YAML 1.2 ${JSON.stringify(ours)}`).to.not.equal(
          undefined,
        )
    })
  })

  it('have a spelling that both read alike', () => {
    expect(agreedSpelling('off', 'off')).to.equal('"off"')
    expect(agreedSpelling('042', 42)).to.equal('42')
    expect(agreedSpelling('1e30', 1e30)).to.equal('1.0e+30')
  })
})

describe('the configuration of a new project', () => {
  it('differs in Russian by its comments alone, which are all translated', () => {
    const lines = (text: string, isComment: boolean): string[] =>
      text.split('\n').filter(line => line.trimStart().startsWith('#') === isComment)
    expect(lines(inRussian, false)).to.deep.equal(lines(shipped, false))
    expect(lines(inRussian, true)).to.have.length(lines(shipped, true).length)
    expect(lines(inRussian, true).filter(line => !/[а-яё]/iu.test(line))).to.deep.equal([])
  })
})
