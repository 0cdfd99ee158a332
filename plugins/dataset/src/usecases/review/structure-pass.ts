import {percentText} from '@ep23/report/numbers'
import type {Digest} from '../../domain/digest.js'
import type {ReviewPass} from '../../domain/review-report.js'
import {counted} from '../../domain/russian-words.js'
import type {DigestOutline, OutlineBullet} from '../../domain/digest-outline.js'
import {passOf, quoted, shareOf, type Remark} from './pass-text.js'
import {postFinder} from '../../domain/digest-markdown.js'

const LONGEST_BULLET = 600
const BULLETS = ['пункт', 'пункта', 'пунктов'] as const

/** Looks at the form: a heading that names the channel, bullets of bearable length, each with a link to a post of the day. */
export function structurePass(digest: Digest, outline: DigestOutline): ReviewPass {
  const {bullets, links} = outline
  const findPost = postFinder(digest.channel, digest.posts)
  const dead = links.filter(({target}) => findPost(target) === undefined)
  const unlinked = bullets.filter(bullet => bullet.links.length === 0)
  const remarks = [
    ...headingRemarks(digest, outline),
    ...bulletRemarks(bullets),
    ...unlinked.map(({text}) =>
      remark('Пункт без ссылки на пост', quoted(text), 'Дать у каждого пункта ссылку на пост.'),
    ),
    ...dead.map(({target}) =>
      remark(
        'Ссылка не ведёт к посту этого дня',
        target,
        'Исправить или убрать ссылки, которые не ведут к постам дня.',
      ),
    ),
  ]
  const scores = {
    headings: outline.headings.length,
    bullets: bullets.length,
    linked_bullets: shareOf(bullets.length - unlinked.length, bullets.length),
    resolved_links: shareOf(links.length - dead.length, links.length),
  }
  const summary = `${counted(bullets.length, BULLETS)}, со ссылкой ${percentText(scores.linked_bullets, 0)}, верных ссылок ${percentText(scores.resolved_links, 0)}.`
  return passOf('structure', summary, remarks, scores)
}

function headingRemarks({channel}: Digest, {headings}: DigestOutline): Remark[] {
  const title = headings.find(({level}) => level === 1)
  if (title === undefined)
    return [
      remark(
        'Нет заголовка',
        'Дайджест начинается без заголовка первого уровня.',
        'Начать дайджест с заголовка: канал и день.',
      ),
    ]
  if (title.text.toLowerCase().includes(channel.slice(1))) return []
  return [remark('Заголовок не называет канал', quoted(title.text), 'Назвать в заголовке канал и день.')]
}

function bulletRemarks(bullets: readonly OutlineBullet[]): Remark[] {
  if (bullets.length === 0)
    return [remark('Нет пунктов', 'В дайджесте нет ни одного пункта списка.', 'Изложить события дня пунктами списка.')]
  const tooLong = bullets.filter(({text}) => text.length > LONGEST_BULLET)
  const empty = bullets.filter(({text}) => text === '')
  return [
    ...tooLong.map(({text}) =>
      remark(`Пункт длиннее ${LONGEST_BULLET} знаков`, quoted(text), 'Сократить слишком длинные пункты.'),
    ),
    ...empty.map(() => remark('Пустой пункт', 'В пункте нет текста.', 'Убрать пустые пункты.')),
  ]
}

function remark(title: string, description: string, recommendation: string): Remark {
  return {title, description, recommendation}
}
