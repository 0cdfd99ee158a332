import {mockModelServer} from './mock-model-server.js'

// The program of the part mock_services: its one argument is the port.
const server = mockModelServer()
server.listen(Number(process.argv[2]), '127.0.0.1')
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    server.close()
    server.closeAllConnections()
  })
