import {spawnSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {debianProgram} from './helpers/debian-program.ts'
import {inherited} from './helpers/run-ep23.ts'

const root = join(import.meta.dirname, '..')

describe('the recording in README', function () {
  this.timeout(120_000)

  it('shows what the commands print, times aside', function () {
    debianProgram(this, 'script', 'bsdutils')
    const {status, stderr} = spawnSync(process.execPath, ['scripts/recording.js', '--check', 'en'], {
      cwd: root,
      encoding: 'utf8',
      env: inherited(false),
    })
    expect(status, stderr).to.equal(0)
  })

  it('is an animation without a script, and has the same commands in both languages', () => {
    const [english = '', russian = ''] = ['en', 'ru'].map(language =>
      readFileSync(join(root, `docs/recording/${language}.svg`), 'utf8'),
    )
    const commands = (svg: string): string[] =>
      Array.from(svg.matchAll(/<tspan class="command">(.*?)</gu), ([, text = '']) => text)
    expect(english)
      .to.include('@keyframes')
      .and.not.match(/<script|href=/u)
    expect(commands(russian)).to.deep.equal(commands(english)).and.include('ep23 dataset:seed')
  })
})
