import type {SameMessages} from '@ep23/sdk'

import type {english} from './english.js'

/** What the HTTP server says, in Russian. */
export const russian: SameMessages<typeof english> = {
  placeTaken: ({place}) => `${place} занят другим процессом`,
  otherPort: 'выберите другой порт в --port или остановите тот процесс',
  cannotListen: ({place, problem}) => `слушать ${place} не получается: ${problem}`,
  otherAddress: 'выберите другой адрес в --host и --port',
}
