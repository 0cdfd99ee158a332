export const TEMPLATE_KINDS = ['digests', 'reviews'] as const
export type TemplateKind = (typeof TEMPLATE_KINDS)[number]

const MOMENT = '2024-11-04T20:59:59.999Z'
const POSTS = [
  'Мэрия открыла движение по новому мосту через реку.',
  'Учёные показали прибор, который измеряет скорость ветра.',
  'Библиотека оцифровала 3 тысячи газет прошлого века.',
]
const SUMMARY = '# Дайджест за 4 ноября\n\n- Открыт новый мост.\n- Показан прибор для измерения ветра.\n'

/**
 * Records that `dataset:import` takes, one of each form, as examples to fill in: a full document, the least one, and a line of an
 * export. docs/team-data.md names every field.
 */
export function importTemplate(kind: TemplateKind): object[] {
  return kind === 'digests' ? digests() : reviews()
}

function digests(): object[] {
  return [
    {
      digest_id: '@channel-20241104-1',
      channel: '@channel',
      language: 'ru',
      summary_markdown: SUMMARY,
      posts: POSTS.map((text, index) => ({
        post_id: String(100 + index),
        published_at: '2024-11-04T09:30:00Z',
        title: `Новость ${index + 1}`,
        text,
        url: `https://t.me/channel/${100 + index}`,
      })),
      feature_flags: {short_bullets: true},
      latency_seconds: 41.5,
      created_at: MOMENT,
      metadata: {llm_model: 'the model that wrote it', time_range_hours: 24},
      quality: {llm_judge: {judge_model: 'the model that judged it', prompt_version: '1', scores: {coverage: 0.8}}},
    },
    {channel: '@channel', summary_markdown: SUMMARY, posts: POSTS.map(text => ({text})), created_at: '2024-11-05'},
    {
      sample_id: '@channel-20241106-1',
      channel: '@channel',
      language: 'ru',
      timestamp: '2024-11-06T20:59:59+00:00',
      source_text: POSTS.join('\n'),
      summary_markdown: SUMMARY,
      metadata: {posts_count: POSTS.length, time_range_hours: 24, llm_model: 'the model', feature_flags: {}},
      ground_truth: {},
    },
  ]
}

function reviews(): object[] {
  const pass = {
    pass_name: 'coverage',
    summary: 'Названо главное.',
    recommendations: ['Добавить пункт о газетах.'],
    findings: [{title: 'Пропущена новость', description: 'О библиотеке.'}],
  }
  return [
    {
      report_id: '@channel-report-20241104-1',
      assignment_id: '@channel',
      student_id: 'optional',
      language: 'ru',
      created_at: MOMENT,
      report: {
        synthesis: 'Дайджест точен, но не полон.',
        passes: [pass],
        metadata: {llm_model: 'the model that wrote it', feature_flags: {}, latency_seconds: 9.5},
      },
    },
    {
      sample_id: '@channel-report-20241106-1',
      channel: '@channel',
      language: 'ru',
      timestamp: '2024-11-06T20:59:59+00:00',
      source_text:
        '[coverage] Названо главное.\nRecommendation: Добавить пункт.\nFinding: Пропущена новость О библиотеке.',
      summary_markdown: 'Дайджест точен, но не полон.',
      metadata: {assignment_id: '@channel', passes_count: 1, llm_model: 'the model', feature_flags: {}},
      ground_truth: {},
    },
  ]
}
