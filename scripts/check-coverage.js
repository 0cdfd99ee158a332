// nyc passes with "Unknown % (0/0)": a coverage that was not measured must fail, not pass.
import {readFileSync} from 'node:fs'

const {total} = JSON.parse(readFileSync('coverage/coverage-summary.json', 'utf8'))
if (!(total.lines.total > 1000)) {
  console.error(`coverage was not measured: nyc saw ${total.lines.total} lines`)
  process.exit(1)
}
