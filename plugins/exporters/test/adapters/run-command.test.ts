import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as delay} from 'node:timers/promises'

import {interruptedError, verbatim} from '@ep23/sdk'
import {expect} from 'chai'

import {runCommand, type CommandRun} from '#src/adapters/run-command.js'
import {failure} from '../sample/failure.ts'
import {temporaryFolder} from '../sample/temporary-folder.ts'

const NODE = process.execPath

describe('a command', function () {
  this.timeout(120_000)
  const folder = temporaryFolder()
  const at = (name: string) => join(folder.path, name)
  const run = (script: string, overrides: Partial<CommandRun> = {}): Promise<void> =>
    runCommand({
      name: 'team',
      command: [NODE, '-e', script, at('out')],
      cwd: folder.path,
      env: {TRACEPARENT: '00-a-b-01', EP23_STORE: 'mongodb://x'},
      timeoutSeconds: 20,
      outputLimitBytes: 1_000_000,
      outputPath: at('out'),
      signal: new AbortController().signal,
      ...overrides,
    })

  it('runs in its folder, with the trace and the store in its environment', async () => {
    await run(
      'require("fs").writeFileSync(process.argv[1], process.cwd() + process.env.TRACEPARENT + process.env.EP23_STORE)',
    )
    expect(readFileSync(at('out'), 'utf8')).to.match(/00-a-b-01mongodb:\/\/x$/u)
  })

  it('never meets a shell', async () => {
    const wish = `$(touch ${at('shell')}); echo "x" > ${at('shell')} & *`
    await run('', {
      command: [NODE, '-e', 'require("fs").writeFileSync(process.argv[1], process.argv[2])', at('out'), wish],
    })
    expect(readFileSync(at('out'), 'utf8')).to.equal(wish)
    expect(existsSync(at('shell'))).to.equal(false)
  })

  it('is told of with its own words when it fails', async () => {
    const error = await failure(run('console.error("no such collection"); process.exit(3)'))
    expect(error).to.include({code: 'EXPORT_COMMAND_FAILED'})
    expect(error.message).to.include('ended with 3').and.include('no such collection')
  })

  it('is missed by name when there is no such program', async () => {
    const error = await failure(run('', {command: ['ep23-no-such-program']}))
    expect(error).to.include({code: 'EXPORT_COMMAND_NOT_FOUND', exit: 69})
    expect(error.message).to.include('ep23-no-such-program')
  })

  it('is ended in time, with the child that holds its pipes open', async () => {
    const wrapper = `
      const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {stdio: 'inherit'})
      require('fs').writeFileSync(process.argv[1], String(child.pid))
      setInterval(() => {}, 1000)`
    const error = await failure(run(wrapper, {timeoutSeconds: 1}))
    expect(error).to.include({code: 'EXPORT_COMMAND_TIMEOUT', exit: 75})
    expect(await isGone(Number(readFileSync(at('out'), 'utf8')))).to.equal(true)
  })

  it('may take longer than a timer of Node can wait', async () => {
    await run('require("fs").writeFileSync(process.argv[1], "whole")', {timeoutSeconds: 3_000_000})
    expect(readFileSync(at('out'), 'utf8')).to.equal('whole')
  })

  it('leaves no child behind when it ends well', async () => {
    const wrapper = `
      const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {stdio: 'ignore'})
      require('fs').writeFileSync(process.argv[1], String(child.pid))
      child.unref()`
    await run(wrapper)
    expect(await isGone(Number(readFileSync(at('out'), 'utf8')))).to.equal(true)
  })

  it('is ended when its file grows beyond the limit', async () => {
    const flood =
      'const fs = require("fs"); setInterval(() => fs.appendFileSync(process.argv[1], "x".repeat(100000)), 5)'
    expect(await failure(run(flood))).to.include({code: 'EXPORT_COMMAND_OUTPUT', exit: 65})
  })

  it('is ended when it talks too much', async () => {
    const talk = 'setInterval(() => process.stdout.write("x".repeat(100000)), 1)'
    expect(await failure(run(talk))).to.include({code: 'EXPORT_COMMAND_OUTPUT', exit: 65})
  })

  it('is ended when the run is interrupted, and the interruption is the error', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(interruptedError(verbatim('stopped'))), 300)
    const error = await failure(run('setInterval(() => {}, 1000)', {signal: controller.signal}))
    expect(error).to.include({code: 'INTERRUPTED', exit: 130})
  })
})

async function isGone(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    try {
      process.kill(pid, 0)
    } catch {
      return true
    }
    await delay(100)
  }
  return false
}
