// Whether the time of a refusal tells how much of a token was right, which is how tokens are guessed byte by byte:
//
//   node bench/token-timing.ts [ROUNDS, 400 unless told]
//
// A token wrong in its first byte and one wrong in its last take turns, in blocks whose order is drawn; printed are the medians,
// the median difference of the pairs, and its interval by the sign test. The baseline is a comparison that stops at the
// first difference, over so long a token that it shows.
import {createTokenLookup} from '../packages/http/dist/index.js'

const rounds = Number(process.argv[2] ?? 400)
const CALLS = 500
const TOKEN = 'a'.repeat(4096)
const FIRST = `Bearer x${TOKEN.slice(1)}`
const LAST = `Bearer ${TOKEN.slice(0, -1)}x`

const lookup = createTokenLookup([[TOKEN, true]])
const known = Buffer.from(`Bearer ${TOKEN}`)
const stopping = (header: string): boolean => {
  const given = Buffer.from(header)
  for (let index = 0; index < known.length; index += 1) if (given[index] !== known[index]) return false
  return true
}

probe('a comparison that stops at the first difference', stopping)
probe('the guard of the sidecar and of the MCP server', header => lookup(header) === true)

function probe(title: string, compare: (header: string) => boolean): void {
  const pairs = Array.from({length: rounds + 20}, () => {
    if (Math.random() < 0.5) return {first: nanosOf(compare, FIRST), last: nanosOf(compare, LAST)}
    const last = nanosOf(compare, LAST)
    return {last, first: nanosOf(compare, FIRST)}
  }).slice(20)
  const differences = pairs.map(({first, last}) => last - first).toSorted((a, b) => a - b)
  // Order statistics around the median, 95 %.
  const reach = Math.ceil(0.98 * Math.sqrt(rounds))
  const middle = rounds >> 1
  console.log(`\n## ${title}, ${rounds} pairs of ${CALLS} calls, ns per call`)
  console.log({
    wrong_first_byte: median(pairs.map(({first}) => first)),
    wrong_last_byte: median(pairs.map(({last}) => last)),
    difference: round(differences[middle]),
    interval_95: [round(differences[middle - reach]), round(differences[middle + reach])],
  })
}

function nanosOf(compare: (header: string) => boolean, header: string): number {
  const from = process.hrtime.bigint()
  for (let call = 0; call < CALLS; call += 1) compare(header)
  return Number(process.hrtime.bigint() - from) / CALLS
}

function median(values: number[]): number {
  return round(values.toSorted((a, b) => a - b)[values.length >> 1])
}

function round(value = Number.NaN): number {
  return Math.round(value * 10) / 10
}
