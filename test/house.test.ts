import {spawnSync} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'

import {expect} from 'chai'

import {temporaryFolder} from './helpers/run-ep23.ts'

const script = join(import.meta.dirname, '../scripts/house.js')

const BODY = `{
  const words = text.split(' ').filter(word => word.length > 3 && word !== 'digest')
  return words.map(word => word.toLowerCase()).join(' ')
}`

const CLEAN = {
  'package.json': JSON.stringify({name: 'planted', type: 'module'}),
  'knip.json': JSON.stringify({
    entry: ['src/commands/*.ts!', 'test/*.ts'],
    project: ['src/**/*.ts!', 'packages/**/*.ts!'],
  }),
  'src/commands/run.ts': `import {shout} from '../shout.js'\nexport default shout('x')\n`,
  'src/shout.ts': `export function shout(text: string): string ${BODY}\n`,
}

/** The findings in a tree of the clean files and the planted ones. */
function findingsWith(planted: Record<string, string>): {status: number | null; findings: string[]} {
  const folder = temporaryFolder()
  try {
    for (const [name, text] of Object.entries({...CLEAN, ...planted})) {
      mkdirSync(dirname(join(folder.path, name)), {recursive: true})
      writeFileSync(join(folder.path, name), text)
    }
    const {status, stderr} = spawnSync(process.execPath, [script, '--check', folder.path], {encoding: 'utf8'})
    return {status, findings: stderr.split('\n').filter(Boolean)}
  } finally {
    folder.remove()
  }
}

describe('scripts/house.js --check', () => {
  it('lets a tree pass in which nothing is planted', () => {
    expect(findingsWith({})).to.deep.equal({status: 0, findings: []})
  })

  it('refuses files that import each other', () => {
    const {status, findings} = findingsWith({
      'src/commands/run.ts': `import {one} from '../one.js'\nimport {shout} from '../shout.js'\nexport default [one, shout]\n`,
      'src/one.ts': `import {two} from './two.js'\nexport const one = () => two()\n`,
      'src/two.ts': `import {one} from './one.js'\nexport const two = (): unknown => one\n`,
    })
    expect(status).to.equal(1)
    expect(findings.join()).to.match(
      /circle: src\/(one|two)\.ts and src\/(one|two)\.ts import each other; move what both need/u,
    )
  })

  it('refuses what only tests reach', () => {
    const {status, findings} = findingsWith({
      'src/shout.ts': `${CLEAN['src/shout.ts']}export const whisper = 1\n`,
      'src/lonely.ts': 'export const lonely = 1\n',
      'test/shout.ts': `import {lonely} from '../src/lonely.js'\nimport {whisper} from '../src/shout.js'\nconsole.log(lonely, whisper)\n`,
    })
    expect(status).to.equal(1)
    expect(findings.toSorted()).to.deep.equal([
      'dead export: only tests reach whisper of src/shout.ts; delete it with its tests, or let a command use it',
      'dead file: only tests reach src/lonely.ts; delete it with its tests, or let a command use it',
    ])
  })

  it('refuses a name that a package has given already', () => {
    const {status, findings} = findingsWith({
      'src/commands/run.ts': `import '../../packages/words/src/shout.js'\nimport {shout} from '../shout.js'\nexport default shout\n`,
      'packages/words/src/shout.ts': 'export const shout = 1\nconsole.log(shout)\n',
    })
    expect(status).to.equal(1)
    expect(findings.join()).to.include(
      'equal names: packages/words/src/shout.ts and src/shout.ts export shout; keep the one',
    )
  })

  it('refuses a function that says the same as another one, whatever its name and spaces', () => {
    const {status, findings} = findingsWith({
      'src/commands/say.ts': `function cry(text: string) ${BODY.replaceAll('\n', ' // why\n\n')}\nexport default cry('x')\n`,
    })
    expect(status).to.equal(1)
    expect(findings).to.deep.equal([
      'equal definitions: cry in src/commands/say.ts and shout in src/shout.ts say the same; keep one where both may import it',
    ])
  })
})
