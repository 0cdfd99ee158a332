import {expect} from 'chai'

import {ByteWindow} from '#src/adapters/sources/byte-window.js'

describe('ByteWindow', () => {
  it('reads no further than it is asked to', async () => {
    let given = 0
    const window = await ByteWindow.open(pieces(() => given++))
    expect(given).to.equal(3)
    await window.more()
    expect(given).to.equal(4)
  })

  it('keeps what is unread, and knows where it is in the file', async () => {
    const window = await ByteWindow.open(pieces())
    expect(window.unread().toString()).to.equal('a\nb')
    window.advanceTo(2)
    await window.more()
    expect([window.unread().toString(), window.offsetOf(window.start), window.line]).to.deep.equal(['bc', 2, 2])
  })

  it('steps over a byte order mark at the beginning alone', async () => {
    const window = await ByteWindow.open(split(Buffer.from('\uFEFF\uFEFFx')))
    while (await window.more());
    expect(window.unread().toString()).to.equal('\uFEFFx')
    expect(window.offsetOf(window.start)).to.equal(3)
  })

  it('tells its source when nothing more is wanted', async () => {
    let isClosed = false
    const window = await ByteWindow.open(pieces(undefined, () => (isClosed = true)))
    await window.close()
    expect(isClosed).to.equal(true)
  })

  it('does not grow with what has been consumed', async () => {
    const window = await ByteWindow.open(endless(1000))
    while (await window.more()) window.advanceTo(window.end)
    expect(window.bytes.length).to.be.at.most(8192)
    expect(window.offsetOf(window.end)).to.equal(1000 * 1024)
  })
})

async function* pieces(onPiece?: () => void, onClose?: () => void): AsyncGenerator<Buffer> {
  try {
    for (const piece of ['a', '\n', 'b', 'c', 'd']) {
      onPiece?.()
      yield Buffer.from(piece)
    }
  } finally {
    onClose?.()
  }
}

async function* split(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (const byte of bytes) yield Uint8Array.of(byte)
}

async function* endless(count: number): AsyncGenerator<Buffer> {
  for (let index = 0; index < count; index++) yield Buffer.alloc(1024, 'x')
}
