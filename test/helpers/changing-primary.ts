import {once} from 'node:events'
import {connect, createServer, type AddressInfo, type Socket} from 'node:net'

import {BSON, type Document} from 'mongodb'

/** The change of a replica set's primary, as a client sees it. */
export interface PrimaryChange {
  /** The command in whose midst it happens. */
  command: 'insert' | 'update' | 'find' | 'getMore'
  /** The first of them, or a later one. */
  number?: number
  /** https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml */
  code: number
  /** Whether the command was carried out, and only its answer tells of the change. */
  isApplied?: boolean
  /** How long there is no primary, in milliseconds; none by default: another one is elected at once. */
  without?: number
}

export interface ChangingPrimary {
  /** The address of a database, through the set. */
  url(database: string): string
  /** How many commands were answered by the change. */
  refused: () => number
  stop(): Promise<void>
}

const OP_REPLY = 1
const OP_MSG = 2013
const NOT_WRITABLE_PRIMARY = 10_107

/**
 * A server on loopback as the only member of a replica set whose primary changes once: it says so in its greetings, answers as MongoDB
 * does in that moment, and gives a write that comes again the answer of the first time (retryable writes). All else is the server's own.
 */
export async function changingPrimary(target: number, change: PrimaryChange): Promise<ChangingPrimary> {
  const set = new ReplicaSet(change)
  const sockets = new Set<Socket>()
  const server = createServer(client => {
    const upstream = connect(target, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
    }
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
    const asked = new Map<number, Asked>()
    const address = `127.0.0.1:${port()}`
    client.on(
      'data',
      messages(message => {
        const question = readQuestion(message)
        const answer = set.answerTo(question)
        if (answer !== undefined) {
          client.write(answerMessage(question.id, answer))
          return
        }
        asked.set(question.id, question)
        upstream.write(withoutTransaction(message, question))
      }),
    )
    upstream.on(
      'data',
      messages(message => {
        const question = asked.get(message.readInt32LE(8))
        asked.delete(message.readInt32LE(8))
        client.write(question === undefined ? message : set.passOn(message, question, address))
      }),
    )
  })
  const port = (): number => (server.address() as AddressInfo).port
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: database => `mongodb://127.0.0.1:${port()}/${database}`,
    refused: () => set.refused,
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

interface Asked {
  id: number
  /** `insert`, `hello`, … */
  name: string
  body: Document
}

class ReplicaSet {
  refused = 0
  #seen = 0
  #electedAt = 0
  readonly #answered = new Map<string, Document>()

  private readonly change: PrimaryChange

  constructor(change: PrimaryChange) {
    this.change = change
  }

  /** What is answered in the server's stead, if anything. */
  answerTo(question: Asked): Document | undefined {
    if (isGreeting(question)) return undefined
    const earlier = this.#answered.get(transactionOf(question) ?? '')
    if (earlier !== undefined) return earlier
    if (!this.#hasPrimary()) return this.#refusal(NOT_WRITABLE_PRIMARY)
    if (this.change.isApplied || !this.#isTheOne(question)) return undefined
    return this.#refusal(this.change.code)
  }

  /** A message of the server as the set's. */
  passOn(message: Buffer, question: Asked, address: string): Buffer {
    const answer = readBody(message)
    if (isGreeting(question)) return withBody(message, {...answer, ...this.#greeting(address)})
    if (!this.change.isApplied || !this.#isTheOne(question)) return message
    const transaction = transactionOf(question)
    if (transaction !== undefined) this.#answered.set(transaction, answer)
    return answerMessage(question.id, this.#refusal(this.change.code))
  }

  #isTheOne({name}: Asked): boolean {
    if (name !== this.change.command) return false
    this.#seen += 1
    if (this.#seen !== (this.change.number ?? 1)) return false
    this.#electedAt = performance.now() + (this.change.without ?? 0)
    return true
  }

  #hasPrimary(): boolean {
    return performance.now() >= this.#electedAt
  }

  #refusal(code: number): Document {
    this.refused += 1
    return {ok: 0, code, errmsg: 'the primary changes', errorLabels: ['RetryableWriteError']}
  }

  #greeting(address: string): Document {
    const isPrimary = this.#hasPrimary()
    const role = {ismaster: isPrimary, isWritablePrimary: isPrimary, secondary: !isPrimary}
    const members = {setName: 'rs0', setVersion: 1, hosts: [address], me: address, ...(isPrimary && {primary: address})}
    return {...role, ...members, logicalSessionTimeoutMinutes: 30}
  }
}

function isGreeting({name}: Asked): boolean {
  return /^(?:hello|ismaster)$/iu.test(name)
}

function transactionOf({body}: Asked): string | undefined {
  return body['txnNumber'] === undefined ? undefined : BSON.EJSON.stringify([body['lsid'], body['txnNumber']])
}

/** Cuts a stream into messages of the wire protocol. */
function messages(take: (message: Buffer) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0)
  return chunk => {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= 16 && rest.length >= rest.readInt32LE(0)) {
      const message = rest.subarray(0, rest.readInt32LE(0))
      rest = rest.subarray(message.length)
      take(message)
    }
  }
}

function readQuestion(message: Buffer): Asked {
  const body = readBody(message)
  return {id: message.readInt32LE(4), name: Object.keys(body)[0] ?? '', body}
}

function readBody(message: Buffer): Document {
  const start = bodyStart(message)
  const bytes = message.subarray(start, start + message.readInt32LE(start))
  return BSON.deserialize(bytes, {promoteValues: false})
}

/** Of OP_MSG, of an answer OP_REPLY, or of a first greeting, OP_QUERY to `admin.$cmd`. */
function bodyStart(message: Buffer): number {
  const operation = message.readInt32LE(12)
  if (operation === OP_MSG) return 21
  if (operation === OP_REPLY) return 36
  return message.indexOf(0, 20) + 9
}

function withBody(message: Buffer, body: Document): Buffer {
  const start = bodyStart(message)
  const changed = Buffer.concat([
    message.subarray(0, start),
    BSON.serialize(body),
    message.subarray(start + message.readInt32LE(start)),
  ])
  changed.writeInt32LE(changed.length, 0)
  return changed
}

/** FerretDB is no member of a set, and may refuse its numbers. */
function withoutTransaction(message: Buffer, {body}: Asked): Buffer {
  if (body['txnNumber'] === undefined) return message
  const {txnNumber: _, ...rest} = body
  return withBody(message, rest)
}

function answerMessage(responseTo: number, body: Document): Buffer {
  const header = Buffer.alloc(21)
  header.writeInt32LE(responseTo, 8)
  header.writeInt32LE(OP_MSG, 12)
  const message = Buffer.concat([header, BSON.serialize(body)])
  message.writeInt32LE(message.length, 0)
  return message
}
