import {spawnSync} from 'node:child_process'
import {readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'
import {parse} from 'yaml'

import {debianProgram} from '../helpers/debian-program.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {cannotRun} from '../helpers/live-test.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const ACTIONLINT = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12'

describe('ep23 daily recipe', function () {
  this.timeout(300_000)
  const folder = temporaryFolder()
  after(() => folder.remove())

  const written = async (recipe: string): Promise<string[]> => {
    const output = join(folder.path, recipe)
    const {code, stdout, stderr} = await runEp23(['daily:recipe', recipe, '-o', output, '--json'], {cwd: folder.path})
    expect(code, stderr).to.equal(0)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    return readdirSync(output).map(file => join(output, file))
  }

  it('systemd is what systemd-analyze verifies', async function () {
    const program = debianProgram(this, 'systemd-analyze', 'systemd')
    const {status, stderr} = spawnSync(program, ['verify', ...(await written('systemd'))], {encoding: 'utf8'})
    expect(status, stderr).to.equal(0)
    const {stdout} = spawnSync(program, ['calendar', '*-*-* 06:30:00 Europe/Moscow'], {encoding: 'utf8'})
    expect(stdout).to.match(/03:30:00 UTC|06:30:00 MSK/u)
  })

  it('github is what actionlint finds nothing in', async function () {
    const [file = ''] = await written('github')
    // As FerretDB is compiled: what both are made of is in Go's cache already.
    const command = ['run', '-trimpath', ACTIONLINT, '-shellcheck=', file]
    const lint = spawnSync('go', command, {encoding: 'utf8', cwd: folder.path, env: {...process.env, GOGC: '400'}})
    if (lint.error || /dial tcp|no such host|proxy/u.test(lint.stderr)) cannotRun(this, 'actionlint', 'install Go')
    expect(lint.status, lint.stdout + lint.stderr).to.equal(0)
    const {on, concurrency} = parse(readFileSync(file, 'utf8'))
    // GitHub's queue is longest at full hours.
    expect(on.schedule[0].cron).to.match(/^[1-9]\d? \d+ \* \* \*$/u)
    expect(concurrency).to.deep.equal({group: 'ep23-daily', 'cancel-in-progress': false})
  })

  it('are written again, and not over what was changed by hand', async () => {
    const [file = ''] = await written('cron')
    expect(await written('cron')).to.deep.equal([file])
    writeFileSync(file, '30 7 * * * ours')
    const {code} = await runEp23(['daily:recipe', 'cron', '-o', join(folder.path, 'cron')], {cwd: folder.path})
    expect(code).to.equal(77)
    expect(readFileSync(file, 'utf8')).to.equal('30 7 * * * ours')
    rmSync(file)
  })

  it('differ in Russian by their comments and titles alone', () => {
    const assets = join(import.meta.dirname, '../../plugins/daily/assets/recipes')
    const lines = (file: string, isTold: boolean): string[] =>
      readFileSync(join(assets, file), 'utf8')
        .split('\n')
        .filter(line => /^ *#(?! {3})|^Description=|- name: /u.test(line) === isTold)
    for (const file of readdirSync(join(assets, 'ru'))) {
      expect(lines(`ru/${file}`, false), file).to.deep.equal(lines(file, false))
      expect(lines(`ru/${file}`, true), file).to.have.length(lines(file, true).length)
      const english = lines(`ru/${file}`, true).filter(line => !/[а-яё]|_FILE\.$|service$/iu.test(line))
      expect(english, file).to.deep.equal([])
    }
    expect(readdirSync(join(assets, 'ru'))).to.deep.equal(readdirSync(assets).filter(file => file !== 'ru'))
  })

  it('gitlab is YAML of one job that never runs twice at once', async () => {
    const [file = ''] = await written('gitlab')
    const jobs = parse(readFileSync(file, 'utf8'))
    expect(Object.keys(jobs)).to.deep.equal(['ep23-daily'])
    expect(jobs['ep23-daily']).to.deep.include({
      resource_group: 'ep23-daily',
      allow_failure: {exit_codes: [2, 3, 4, 5]},
    })
  })

  it('cron has a line that a shell understands', async () => {
    const [file = ''] = await written('cron')
    const command = /^30 6 \* \* \* ep23 (?<command>.+)$/mu.exec(readFileSync(file, 'utf8'))?.groups?.['command'] ?? ''
    const {status, stderr} = spawnSync('sh', ['-n', '-c', command], {encoding: 'utf8'})
    expect(status, stderr).to.equal(0)
    expect(command).to.include('ep23 daily').and.not.include('%')
  })

  it('no recipe has a token, or a variable that ep23 does not know', async () => {
    const files = (await Promise.all(['systemd', 'cron', 'github', 'gitlab'].map(written))).flat()
    const names = new Set(files.flatMap(file => readFileSync(file, 'utf8').match(/\bEP23_[A-Z_]+/gu) ?? []))
    const env = Object.fromEntries([...names].map(name => [name, name === 'EP23_DAILY_NOTIFY' ? 'email' : '1']))
    const {stderr} = await runEp23(['daily:recipe', 'cron'], {cwd: folder.path, env})
    expect(stderr).to.not.include('is no setting of ep23')
    for (const file of files) expect(readFileSync(file, 'utf8')).to.not.match(/\d{8,}:[\w-]{30,}/u)
  })

  it('an unknown one is a usage error', async () =>
    expect((await runEp23(['daily:recipe', 'nomad'], {cwd: folder.path})).code).to.equal(64))
})
