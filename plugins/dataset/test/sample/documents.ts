/** A digest without fault; each call makes a new one, so that a test may spoil it. */
export function sampleDigest(): Record<string, unknown> {
  return {
    digest_id: '@naked_science:2024-11-11',
    channel: '@naked_science',
    language: 'ru',
    summary_markdown:
      '# @naked_science\n\n- Физики впервые сняли молекулярный лёд. [Пост](https://t.me/naked_science/11676)',
    posts: [
      {
        post_id: '11676',
        published_at: new Date('2024-11-11T08:03:47Z'),
        text: 'Физики впервые сняли молекулярный лёд.',
        url: 'https://t.me/naked_science/11676',
      },
      {post_id: '11677', published_at: new Date('2024-11-11T11:06:21Z'), text: 'Забег на тренажёре.', title: 'Забег'},
    ],
    feature_flags: {mmr: true},
    latency_seconds: 0.012,
    created_at: new Date('2024-11-11T20:59:59.999Z'),
    metadata: {
      origin: 'telegram',
      llm_model: 'extractive-1',
      time_range_hours: 24,
      source_sha256: 'a'.repeat(64),
    },
    quality: {llm_judge: {judge_model: 'judge-1', scores: {coverage: 0.5}}},
  }
}

/** A review report without fault; each call makes a new one. */
export function sampleReport(): Record<string, unknown> {
  return {
    report_id: '@naked_science:2024-11-11',
    assignment_id: '@naked_science',
    language: 'ru',
    created_at: new Date('2024-11-11T20:59:59.999Z'),
    report: {
      synthesis: 'Дайджест полон.',
      passes: [
        {pass_name: 'structure', summary: 'Заголовок на месте.', recommendations: [], findings: [], scores: {links: 1}},
        {
          pass_name: 'coverage',
          summary: 'Нет одного поста.',
          recommendations: ['Добавить пост 11677.'],
          findings: [{title: 'Пропущен пост', description: '11677'}],
        },
      ],
      metadata: {
        llm_model: 'rules-1',
        feature_flags: {},
        origin: 'telegram',
        source_sha256: 'b'.repeat(64),
        latency_seconds: 0.001,
      },
    },
  }
}
