import {spawnSync} from 'node:child_process'

import {expect} from 'chai'

/** Prints the flags in the order in which a process sets them. */
function flagsSetBy(code: string): string[] {
  const program = `
    import {createRequire, syncBuiltinESMExports} from 'node:module'
    const v8 = createRequire(import.meta.url)('node:v8')
    const flags = []
    v8.setFlagsFromString = flag => flags.push(flag)
    syncBuiltinESMExports()
    const {keepMemoryFlat} = await import(${JSON.stringify(import.meta.resolve('#src/keep-memory-flat.js'))})
    ${code}
    process.reallyExit = () => console.log(JSON.stringify(flags))
    process.exit()`
  const {stdout, stderr} = spawnSync(process.execPath, ['--input-type=module', '-e', program], {encoding: 'utf8'})
  expect(stderr).to.equal('')
  return JSON.parse(stdout) as string[]
}

describe('a process that keeps its memory flat', () => {
  it('lets compiler threads grow the heap when it ends, as they would wait for a collection that nobody makes', () =>
    expect(flagsSetBy('keepMemoryFlat()')).to.deep.equal([
      '--semi-space-growth-factor=1',
      '--optimize-for-size',
      '--no-optimize-for-size',
    ]))

  it('does so once, however many of its parts ask for it', () =>
    expect(flagsSetBy('keepMemoryFlat(); keepMemoryFlat()').filter(flag => flag.startsWith('--no-'))).to.have.length(1))

  it('has nothing to take back when it was short', () =>
    expect(flagsSetBy('keepMemoryFlat({unlessShort: true})')).to.deep.equal(['--semi-space-growth-factor=1']))
})
