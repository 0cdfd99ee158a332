import {spawnSync} from 'node:child_process'

import {expect} from 'chai'

/** Megabytes of V8's nursery and of its whole heap after three million objects, 200,000 of them alive at a time. */
function heapAfter(before: string): {nursery: number; heap: number} {
  const program = `
    import {getHeapSpaceStatistics, getHeapStatistics} from 'node:v8'
    import {keepMemoryFlat} from ${JSON.stringify(import.meta.resolve('#src/keep-memory-flat.js'))}
    ${before}
    let alive = []
    for (let i = 0; i < 3e6; i++) if (alive.push({i}) > 2e5) alive = []
    const nursery = getHeapSpaceStatistics().find(space => space.space_name === 'new_space').space_size
    const heap = getHeapStatistics().total_heap_size
    console.log(JSON.stringify({nursery: nursery / 2 ** 20, heap: heap / 2 ** 20}))`
  const {stdout, stderr} = spawnSync(process.execPath, ['--input-type=module', '-e', program], {encoding: 'utf8'})
  expect(stderr).to.equal('')
  return JSON.parse(stdout) as {nursery: number; heap: number}
}

describe('a process that keeps its memory flat', () => {
  it('collects where another one grows', () => {
    const [flat, grown] = [heapAfter('keepMemoryFlat()'), heapAfter('')]
    expect(grown.nursery).to.be.above(30)
    expect(flat.nursery).to.be.below(grown.nursery / 3)
    expect(flat.heap).to.be.below(grown.heap / 2)
  })
})
