import {contribute} from '@ep23/sdk'

import {DEFAULT_CONFIG_PATH} from '../domain/config-keys.js'
import {ragMetrics} from '../metrics.js'

export default contribute({
  metrics: ragMetrics,
  starterFiles: [
    {
      path: DEFAULT_CONFIG_PATH,
      content: new URL('../../assets/retrieval_rerank_config.yaml', import.meta.url),
      russian: new URL('../../assets/retrieval_rerank_config.ru.yaml', import.meta.url),
    },
  ],
})
