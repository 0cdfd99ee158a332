// Holds the threshold of .nycrc.json. nyc's own check merges and maps everything a second time, and passes with "Unknown % (0/0)": a
// coverage that was not measured must fail, not pass.
import {readFileSync} from 'node:fs'

const {lines: threshold} = JSON.parse(readFileSync('.nycrc.json', 'utf8'))
const {total} = JSON.parse(readFileSync('coverage/coverage-summary.json', 'utf8'))
if (!(total.lines.total > 1000)) fail(`coverage was not measured: nyc saw ${total.lines.total} lines`)
if (!(total.lines.pct >= threshold)) fail(`${total.lines.pct} % of lines are covered, not ${threshold} %`)

function fail(why) {
  console.error(why)
  process.exit(1)
}
