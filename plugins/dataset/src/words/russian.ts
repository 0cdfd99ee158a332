import {russianCount, russianForm, type SameMessages} from '@ep23/sdk'

import type {english, LeftOut} from './english.js'

const digestsOf = (digests: number): string => russianCount(digests, ['дайджест', 'дайджеста', 'дайджестов'])
const daysOf = (days: number): string => russianCount(days, ['день', 'дня', 'дней'])

/** What `dataset:seed` and `dataset:audit` say of the dataset, in Russian. */
export const russian: SameMessages<typeof english> = {
  days: ({days}) => daysOf(days),
  window: ({window, store, isPlan}) =>
    `${window}, хранилище ${store}${isPlan ? ' — только план, ничего не записано' : ''}`,
  origins: ({telegram, synthetic, team}) =>
    `${telegram} из Telegram, ${synthetic} ${russianForm(synthetic, ['синтетический', 'синтетических', 'синтетических'])}${team > 0 ? `, ${team} от команды` : ''}`,
  channel: ({channel, posts, digests, origins}) =>
    `${channel} ${russianCount(posts, ['пост прочитан', 'поста прочитано', 'постов прочитано'])}, ${digestsOf(digests)} (${origins})`,
  totals: ({digests, origins, reviews}) =>
    `${digestsOf(digests)} (${origins}), ${russianCount(reviews, ['обзор', 'обзора', 'обзоров'])}`,
  kept: ({kept, isPlan}) =>
    `${isPlan ? 'останется' : 'осталось'} ${digestsOf(kept)} из хранилища; --replace заменит их, а dataset:restore вернёт`,
  unwritten: ({days}) =>
    `не написано: ${daysOf(days)}; запустите ту же команду ещё раз — она спросит только недостающие дни`,
  allSynthetic:
    'Набор данных целиком синтетический: на нём удобно пробовать ep23, но о настоящих дайджестах он ничего не говорит.',
  evidence: ({path}) => `доказательства: ${path}`,
  labels: ['не взято', 'дайджесты', 'обзоры', 'пропуски', 'от команды', 'оставлено', 'не написано'].join('|'),
  everyDay: 'все дни',
  teamDays: ({days}) => `${daysOf(days)}, рядом ничего не написано`,
  changes: ({inserted, updated, unchanged, isPlan}) =>
    isPlan
      ? `добавить ${inserted}, изменить ${updated}, оставить ${unchanged}`
      : `добавлено ${inserted}, изменено ${updated}, без изменений ${unchanged}`,
  removed: ({removed}) => `удалено ${removed}`,
  more: ({shown, more}) => `${shown} и ещё ${more}`,
  leftOut: ({reason, records}) => `${LEFT_OUT[reason]}: ${records}`,
  syntheticDigests: ({channels}) =>
    `есть синтетические дайджесты: ${channels.map(({channel, synthetic, total}) => `${channel} — ${synthetic} из ${total}`).join(', ')}`,
  notWritten: ({days}) => `не написано: ${days}; запустите ту же команду ещё раз — она спросит только недостающие дни`,
  quarantined: ({path}) => `записи, которые не удалось прочитать, — в ${path}`,
  auditColumns: 'канал|дайджесты|из Telegram|синтетика|команды|обзоры|кириллица',
  meetsPolicy: '✔ набор данных соответствует правилам',
  nextAfterSamples: ({channels}) => `дальше: ep23 init --yes --from ${channels}`,
  belowPolicy: ({findings}) =>
    `✖ набор данных не соответствует правилам: ${russianCount(findings, ['нарушение', 'нарушения', 'нарушений'])}`,
}

const LEFT_OUT: Readonly<Record<LeftOut, string>> = {
  outside_window: 'вне окна',
  replaced: 'заменено более поздней версией',
  repeated: 'повторы',
  other_channels: 'из других каналов',
  without_text: 'без текста',
  service: 'служебные сообщения',
  invalid: 'неверные',
}
