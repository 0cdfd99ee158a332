import {createHash} from 'node:crypto'

import {complete, fragmentsOf, type Behaviour} from './rerank-server.ts'

/** A standard normal number that depends on the text alone (Box and Muller 1958). */
export function normalOf(text: string): number {
  const bytes = createHash('sha256').update(text).digest()
  const [u, v] = [bytes.readUInt32BE(0), bytes.readUInt32BE(4)].map(value => (value + 0.5) / 2 ** 32)
  return Math.sqrt(-2 * Math.log(u!)) * Math.cos(2 * Math.PI * v!)
}

/**
 * A model whose score of a fragment is its own worth plus noise that depends on the seed of the request:
 * variance between documents `spread`², between runs `noise`², so the true variance ratio is noise² / (noise² + spread²).
 */
export function noisyModel({
  noise,
  spread = 0.05,
  salt = '',
}: {
  noise: number
  spread?: number
  salt?: string
}): Behaviour {
  return (response, request) => {
    const {query, seed} = {query: request.body.messages!.at(-1)!.content.split('\n')[0], seed: request.body.seed}
    const scores = fragmentsOf(request).map((text, i) => ({
      id: i + 1,
      score: 0.5 + spread * normalOf(`${salt}|${query}|${text}`) + noise * normalOf(`${salt}|${query}|${text}|${seed}`),
    }))
    complete(response, {scores})
  }
}
