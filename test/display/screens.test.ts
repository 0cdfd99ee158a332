import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'
import stringWidth from 'string-width'

import {inTerminal, screenOf} from '../helpers/in-terminal.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const SCREENS = [
  '--help',
  'dataset:list --help',
  'dataset:sed',
  'dataset:list --limit 2',
  'benchmark:show latest',
  'doctor',
]
const RUSSIAN = {LANG: 'ru_RU.UTF-8', EP23_LANG: 'ru', NO_COLOR: '1'}

/** What is of this machine, with the lines that it was broken into. */
const OF_MACHINE =
  /^(?:✔ (?:node|icu|часы|диск|хранилище|папка данных): |набор |корень | {2}время p50).*(?:\n {2,4}(?! ).*)*\n/gmu

/** Without what differs from run to run and from machine to machine. */
function comparable(text: string, folder: string): string {
  return text
    .replaceAll(folder, '/home')
    .replaceAll(/\b\d{8}T\d{6}Z-[0-9a-f]{12}\b/gu, '20241204T090000Z-0123456789ab')
    .replaceAll(OF_MACHINE, '')
    .replaceAll(/(манифест от\s+)[\d-]+/gu, (_, words: string) => `${words}2024-12-04`)
    .replaceAll(/(?<=[\wа-я] +)0,\d\d с/gu, '0,00 с')
    .replaceAll(/ep23\/\S+ \S+ node-\S+/gu, 'ep23/0.1.0 linux-x64 node-v24.0.0')
}

describe('Russian screens in a home with spaces and Cyrillic', function () {
  this.timeout(120_000)
  let folder: ReturnType<typeof temporaryFolder>
  let home: string
  before(async () => {
    folder = temporaryFolder()
    home = join(folder.path, 'Мой дом')
    mkdirSync(home)
    for (const command of ['dataset:seed --until 2024-12-03', 'benchmark:run --scenario channel_digest_ru'])
      await runEp23([...command.split(' '), '-q'], {cwd: home, coverage: false})
  })
  after(() => folder.remove())

  for (const columns of [60, 80, 200])
    it(`fit ${columns} columns, and are what was looked at`, async function () {
      const text = await screenOf(this, SCREENS, {cwd: home, columns, env: {...RUSSIAN, HOME: home}})
      const tooWide = text.split('\n').filter(line => stringWidth(line) > columns && !line.includes(folder.path))
      expect(tooWide.filter(line => !/^(?:подпись|корень|файлы) /u.test(line))).to.deep.equal([])
      const file = join(import.meta.dirname, `captures/ru-${columns}.txt`)
      const capture = comparable(text, home)
      if (!existsSync(file) || process.env['EP23_TEST_UPDATE']) writeFileSync(file, capture)
      expect(capture).to.equal(readFileSync(file, 'utf8'))
    })

  it('have no control character where the terminal is dumb', async function () {
    const env = {EP23_LANG: 'ru', TERM: 'dumb', HOME: home}
    const {raw, text} = await inTerminal(this, 'dataset:audit', {cwd: home, env})
    expect(raw).to.not.include('\u001B')
    expect(text).to.include('Чтение и проверка документов: готово').and.include('набор данных соответствует правилам')
  })

  it('are the same where the home takes no files', async function () {
    // Nobody may write there, root included.
    const env = {EP23_LANG: 'ru', HOME: '/sys', EP23_DATA_DIR: '/sys/ep23', NO_COLOR: '1'}
    const text = await screenOf(this, ['dataset:sed', 'dataset:audit -q', 'plugins'], {cwd: home, env})
    expect(text).to.match(/нет команды dataset:sed[^]+соответствует правилам[^]+Плагинов нет\.\s*$/u)
    expect(text).to.not.match(/EACCES|EPERM|EROFS|ENOENT/u)
  })
})
