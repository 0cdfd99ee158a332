import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

const root = join(import.meta.dirname, '..')

interface Instruction {
  name: string
  rest: string
}

/** The instructions of a container file, with continued lines joined. */
function instructionsOf(text: string): Instruction[] {
  return text
    .replaceAll(/\\\n\s*/gu, ' ')
    .split('\n')
    .filter(line => line.trim() !== '' && !line.startsWith('#'))
    .map(line => {
      const {name = '', rest = ''} = /^(?<name>[A-Z]+) (?<rest>.+)$/u.exec(line)?.groups ?? {}
      return {name, rest}
    })
}

// What its RUN does is tried by test/packed-install.test.ts: the tarball is installed globally, and README's commands run with it.
describe('the container file', () => {
  const instructions = instructionsOf(readFileSync(join(root, 'Containerfile'), 'utf8'))
  const {version, engines} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string
    engines: {node: string}
  }
  const restOf = (name: string): string[] => instructions.filter(each => each.name === name).map(({rest}) => rest)

  it('has only instructions that every builder knows, and begins with a base', () => {
    const known = ['FROM', 'COPY', 'RUN', 'USER', 'WORKDIR', 'ENTRYPOINT', 'CMD']
    expect(instructions.map(({name}) => name).filter(name => !known.includes(name))).to.deep.equal([])
    expect(instructions[0]?.name).to.equal('FROM')
  })

  it('installs the tarball of this version on a Node that is new enough', () => {
    expect(restOf('COPY')).to.deep.equal([`ep23-${version}.tgz /tmp/`])
    expect(restOf('RUN')[0]).to.include(`npm install --global --omit=dev /tmp/ep23-${version}.tgz`)
    const [, major = '0'] = /node:(\d+)/u.exec(restOf('FROM')[0] ?? '') ?? []
    expect(Number(major)).to.be.at.least(Number(/\d+/u.exec(engines.node)?.[0]))
  })

  it('runs ep23 as a user without rights, with the words that follow', () => {
    expect(restOf('USER')).to.deep.equal(['node'])
    expect(restOf('ENTRYPOINT').map(rest => JSON.parse(rest) as unknown)).to.deep.equal([['ep23']])
    expect(restOf('CMD').map(rest => JSON.parse(rest) as unknown)).to.deep.equal([['--help']])
  })
})
