import {writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const RUSSIAN = {LANG: 'ru_RU.UTF-8', COLUMNS: '80'}

describe('the language of what people read', function () {
  this.timeout(180_000)
  let folder: ReturnType<typeof temporaryFolder>
  beforeEach(() => (folder = temporaryFolder()))
  afterEach(() => folder.remove())

  const run = (args: readonly string[], env: Record<string, string> = RUSSIAN) => runEp23(args, {cwd: folder.path, env})

  const SAID: [typed: string[], said: RegExp][] = [
    [['--help'], /ИСПОЛЬЗОВАНИЕ[^]+ТЕМЫ[^]+Наполнить набор данных[^]+КОМАНДЫ/u],
    [
      ['dataset:seed', '--help'],
      /ПРИМЕРЫ[^]+Настоящие каналы из выгрузок[^]+Посты канала: файл или папка[^]+ОБЩИЕ ФЛАГИ/u,
    ],
    [['dataset'], /Проверить набор данных/u],
    [['plugins', 'install', '--help'], /Установить плагин в ep23/u],
    [['help', 'exit-codes'], /КОДЫ ЗАВЕРШЕНИЯ[^]+неверный вызов/u],
    [
      ['dataset:seed', '--dayz', '3'],
      /Ошибка: такого флага нет: --dayz[^]+Код: USAGE[^]+возможно, имелся в виду --days/u,
    ],
    [['dataset:seed', '--days', 'x'], /Ошибка: --days: нужно целое число, получено: x/u],
    [['dataset:seed', '--gaps', 'x'], /Ошибка: --gaps=x: допустимы только synthetic, fail/u],
    [['dataset:show'], /не хватает аргументов:\s+channel +@имя/u],
    [['dataset:sed'], /Ошибка: у ep23 нет команды dataset:sed[^]+возможно, имелась в виду ep23 dataset:seed/u],
    [['dataset:list'], /Ошибка: хранилища .+ нет[^]+сначала наполните его/u],
    [['config:explain'], /lang +ru +<- локаль/u],
    [['doctor'], /✔ часы: .+, часовой пояс/u],
    [['dataset:seed'], /\[1\/10\] Чтение источников[^]+готово за[^]+5\/5 каналов/u],
  ]
  for (const [typed, said] of SAID)
    it(`is Russian: ep23 ${typed.join(' ')}`, async () => {
      const {stdout, stderr} = await run(typed)
      expect(`${stdout}${stderr}`).to.match(said)
    })

  it('is the one of --lang, else of EP23_LANG, else of the settings, else of the locale, else English', async () => {
    const languageOf = async (args: string[], env: Record<string, string>) =>
      (await run(['doctor', '--help', ...args], env)).stdout.includes('ФЛАГИ') ? 'ru' : 'en'
    const everywhere = [
      await languageOf([], {}),
      await languageOf([], {LANG: 'ru_RU.UTF-8'}),
      await languageOf([], {LANG: 'ru_RU.UTF-8', LC_ALL: 'C.UTF-8'}),
    ]
    expect(everywhere).to.deep.equal(['en', 'ru', 'en'])
    writeFileSync(join(folder.path, 'ep23.config.yaml'), 'lang: ru\n')
    expect([
      await languageOf([], {}),
      await languageOf([], {EP23_LANG: 'en'}),
      await languageOf(['--lang', 'ru'], {EP23_LANG: 'en'}),
      await languageOf(['--lang=en'], {EP23_LANG: 'ru'}),
    ]).to.deep.equal(['ru', 'en', 'ru', 'en'])
  })

  it('is that of results, too', async () => {
    const seeded = await run(['dataset:seed', '--quiet'])
    expect(seeded.stdout).to.match(
      /30 дней[^]+добавлено 30, изменено 0[^]+150 дайджестов \(0 из Telegram, 150 синтетических\)/u,
    )
    expect(seeded.stderr).to.match(/^Внимание: есть синтетические дайджесты: @naked_science — 30 из 30/mu)
    expect((await run(['dataset:audit', '--quiet'])).stdout).to.include('набор данных соответствует правилам')
    const scored = await run(['benchmark:run', '--scenario', 'channel_digest_ru', '--quiet'])
    expect(scored.stdout).to.match(
      /НЕ ИЗМЕРЕНО: channel_digest_ru \(судья lexical, 150 образцов[^]+полнота +0,\d+[^]+результаты: /u,
    )
    const compared = await run(['benchmark:compare', 'latest', 'latest', '--quiet'])
    expect(compared.stdout).to.match(/150 образцов в обоих запусках[^]+содержательность/u)
    expect(`${seeded.stdout}${scored.stdout}${compared.stdout}`).to.not.match(/\b(?:digests|samples|judge|verdict)\b/u)
  })

  it('leaves --json as it is', async () => {
    const COMMANDS = [['dataset:sed'], ['dataset:seed', '--days', 'x'], ['dataset:list'], ['doctor', '--nope']]
    for (const command of COMMANDS) {
      const [russian, english] = [await run([...command, '--json']), await run([...command, '--json'], {})]
      expect(russian.stdout.replaceAll(/"(?:run|trace)_id": .*/gu, '')).to.equal(
        english.stdout.replaceAll(/"(?:run|trace)_id": .*/gu, ''),
      )
      expect(russian.code).to.equal(english.code)
    }
  })

  it('writes log lines and run documents in English', async () => {
    await run(['dataset:seed', '--quiet'])
    const {stdout} = await run(['observability:traces:list', '--json'])
    expect(stdout)
      .to.include('dataset:seed')
      .and.not.match(/[а-яё]/iu)
  })

  it('keeps help within 80 columns', async () => {
    for (const command of [
      '--help',
      'dataset:seed --help',
      'benchmark:run --help',
      'rag:promote --help',
      'plugins link --help',
    ]) {
      const {stdout} = await run(command.split(' '))
      const wide = stdout.split('\n').filter(line => line.length > 80)
      expect(wide, command).to.deep.equal([])
    }
  })
})
