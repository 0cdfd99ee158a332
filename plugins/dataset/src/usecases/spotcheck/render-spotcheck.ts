import type {Digest} from '../../domain/documents/digest.js'
import {automaticAnswers, type Answer} from './automatic-answers.js'

const EXCERPT = 400

/** What only a person can answer; the boxes stay empty. */
const HUMAN_QUESTIONS = [
  {ru: 'Главное за день названо', en: 'The main news of the day is there'},
  {ru: 'Факты и числа совпадают с постами', en: 'Facts and numbers agree with the posts'},
  {ru: 'Текст читается как русский, без обрывков', en: 'The text reads as Russian, without fragments'},
  {ru: 'Нет рекламы и служебных подписей', en: 'No adverts and no service lines'},
]

interface Header {
  generatedAt: Date
  seed: number
  window: {from: string; to: string}
}

/** A checklist in Russian and English: sampled digests, automatic answers filled in, questions left for a person. */
export function renderSpotcheck(digests: readonly Digest[], {generatedAt, seed, window}: Header): string {
  return [
    '# Выборочная проверка / Spot check',
    '',
    `Окно / window: ${window.from} … ${window.to} · выборка / sample: ${digests.length} · seed ${seed} · ${generatedAt.toISOString()}`,
    '',
    ...digests.flatMap(renderDigest),
    '---',
    '',
    'Проверил(а) / checked by: ______________________  Дата / date: ______________',
    '',
  ].join('\n')
}

function renderDigest(digest: Digest, index: number): string[] {
  const {digest_id, metadata, posts, summary_markdown} = digest
  return [
    `## ${index + 1}. ${digest_id}`,
    '',
    `- происхождение / origin: **${metadata.origin}** · ${metadata.llm_model} · постов / posts: ${posts.length}`,
    '',
    '### Дайджест / Digest',
    '',
    quote(summary_markdown),
    '',
    '### Посты / Posts',
    '',
    ...posts
      .slice(0, 5)
      .map(({post_id, text}) => `- ${post_id === undefined ? '' : `\`${post_id}\` `}${excerpt(text)}`),
    ...(posts.length > 5 ? [`- … и ещё / and ${posts.length - 5} more`] : []),
    '',
    '### Ответы / Answers',
    '',
    ...automaticAnswers(digest).map(renderAnswer),
    ...HUMAN_QUESTIONS.map(({ru, en}) => `- [ ] ${ru} / ${en}`),
    '',
  ]
}

function renderAnswer({ru, en, holds, detail}: Answer): string {
  return `- [${holds ? 'x' : ' '}] (авто / auto) ${ru} / ${en}: ${detail}`
}

function quote(markdown: string): string {
  return markdown
    .trim()
    .split('\n')
    .map(line => `> ${line}`.trimEnd())
    .join('\n')
}

// One line, cut at a space, with nothing left that Markdown would read as a mark.
function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim()
  const cut = line.length <= EXCERPT ? line : `${line.slice(0, line.lastIndexOf(' ', EXCERPT))} …`
  return cut.replaceAll(/[`*_[\]<>#|]/gu, String.raw`\$&`)
}
