import {languageHere} from './language-of.js'

/** What oclif's commands for plugins and completion print; they know English alone, so it is recognised by its words. */
const SENTENCES: readonly (readonly [english: RegExp, russian: string])[] = [
  [/No plugins installed\./u, 'Плагинов нет.'],
  [/Uninstalled JIT Plugins:/u, 'Ещё не установлены:'],
  [/Found (\d+) plugins?:/u, 'Плагинов: $1'],
  [/Removed the following files:/u, 'Удалены файлы:'],
  [/(?<=✅ )(?:Uninstalled|Unlinked) (?=\S)/u, 'Удалён '],
  [/(?<=✅ )(?:Reinstalled|Relinked) (?=\S)/u, 'Установлен заново '],
  [/Failed to (?:uninstall|relink|reinstall) (?=\S)/u, 'Не получилось: '],
  [/Reinstall flag passed:/u, 'Устанавливаются заново:'],
  [/(?<=: )Linking plugin /u, 'подключается плагин '],
  [/(?<=: )Installing plugin /u, 'устанавливается плагин '],
  [/(?<=: )Uninstalling /u, 'удаляется '],
  [/(?<=: )Updating plugins/u, 'плагины обновляются'],
  [/installed v(?=\d)/u, 'установлен, версия '],
  [/(?<=^|\.\.\. | )done$/mu, 'готово'],
  [/(?<=^|\.\.\. | )failed$/mu, 'не удалось'],
  [/Building the autocomplete cache/u, 'Готовится дополнение команд'],
  [/Setup Instructions for EP23 CLI Autocomplete ---/u, 'Как включить дополнение команд'],
  [/Run this command in your terminal window:/u, 'Выполните в терминале:'],
  [/Run these two cmdlets in your PowerShell window in the order shown:/u, 'Выполните в PowerShell одну за другой:'],
  [
    /The previous command adds the (\S+) environment variable to your (Bash|zsh) config file and then sources the file\./u,
    'Команда добавит переменную $1 в файл настроек $2 и прочитает его.',
  ],
  [
    /NOTE(\S*): If you’ve configured your terminal .+ For example:/u,
    'Если терминал открывает login shell, настройки читаются из ~/.bash_profile или ~/.profile:',
  ],
  [/^(\s*)Or:$/mu, '$1или:'],
  [/Start using autocomplete:/u, 'Пользуйтесь:'],
  [/# Command completion/u, '# команды'],
  [/# Flag completion/u, '# флаги'],
  [
    /\(Optional\) Run this command to ensure that you have no permissions conflicts:/u,
    'Если дополнение не работает, проверьте права:',
  ],
  [
    /\(Optional\) If you want matching completions printed below the command line, run this cmdlet:/u,
    'Чтобы варианты печатались под строкой, выполните:',
  ],
  [
    /Every time you enter (\S+), the autocomplete feature .+ execute\./u,
    '$1 показывает команды, а после -- флаги, с описаниями; введите букву и снова $1, чтобы осталось меньше.',
  ],
  [/^(\s*)Enjoy!\n/mu, ''],
  [/Run with DEBUG=(\S+) to see debug output\./u, 'подробности: DEBUG=$1'],
  [
    /No lockfile found in (.+)\. The link succeeded, but you may need to install the dependencies in your project\./u,
    'плагин подключён, но в $1 нет package-lock.json: если чего-то не хватит, выполните там npm install',
  ],
  [
    /pnpm is not supported for installing after a link\. .+ 'pnpm install' in (.+)\./u,
    'плагин подключён; чтобы поставить его зависимости, выполните pnpm install в $1',
  ],
  [
    /The plugins link command will no longer auto install dependencies .+ before linking\./u,
    'в будущем plugins link не будет ставить зависимости: выполняйте yarn в папке плагина до подключения',
  ],
  [
    /This plugin may not work as expected because the prepare script did not produce all the expected files\./u,
    'плагин может не работать: в нём нет части файлов, перечисленных в files его package.json',
  ],
  [
    /These warnings can only be addressed by the owner\(s\) of (.+)\./u,
    'Устранить это могут только владельцы плагина $1.',
  ],
  [/We suggest that you create an issue at (\S+) and ask the plugin owners to address them\./u, 'Сообщите им: $1'],
  [
    /Plugin failed to install because of a permissions error\.\s+Does your current user own the directory (.+)\?/u,
    'нет прав на запись: принадлежит ли вам папка $1?',
  ],
  [/^(.+) is blocked$/u, '$1: этот плагин запрещён'],
]

/** A text of oclif's in Russian; what is not known in it stays as it is. */
export function russianOfOclif(text: string): string {
  return SENTENCES.reduce((said, [english, russian]) => said.replace(english, russian), text)
}

/** From here on this process, which runs one of oclif's own commands, writes Russian where a person reads Russian. */
export async function writeOclifInRussian(): Promise<void> {
  if (languageHere() !== 'ru') return
  const [stdout, stderr] = [inRussian(process.stdout), inRussian(process.stderr)]
  // What moves in a terminal has kept the functions of before.
  const {action} = await import('@oclif/core/ux')
  Object.assign(action, {stdmockOrigs: {stdout, stderr}})
}

/** oclif's frame of a warning, in colour or not. */
const FRAME = String.raw`^ (?:\u001B\[[\d;]*m)*[›»](?:\u001B\[[\d;]*m)* {3}`
const WARNING = new RegExp(`${FRAME}Warning: `, 'u')

/** A warning as one of ours: oclif has broken it at the terminal's width, so that no sentence could be recognised. */
function unframed(text: string): string {
  if (!WARNING.test(text)) return text
  return text.replace(WARNING, 'Внимание: ').replaceAll(new RegExp(`\n${FRAME.slice(1)}`, 'gu'), '')
}

function inRussian(stream: NodeJS.WriteStream): typeof stream.write {
  const write = stream.write.bind(stream) as (text: unknown, ...rest: unknown[]) => boolean
  return (stream.write = (text: unknown, ...rest: unknown[]) =>
    write(typeof text === 'string' ? russianOfOclif(unframed(text)) : text, ...rest))
}
