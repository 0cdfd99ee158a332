/** SHA-256 in the forms that evidence needs. */
export interface Hashing {
  sha256(data: Uint8Array): Uint8Array
  /** Of a text's UTF-8 bytes, lower-case hex. */
  sha256Hex(text: string): string
  /** A Merkle tree's leaf (RFC 6962): SHA-256(0x00 ‖ entry). */
  leafHash(entry: Uint8Array): Buffer
  growing(): GrowingHash
}

/** A SHA-256 that grows with its input. */
export interface GrowingHash {
  update(data: Uint8Array): void
  /** Of the input so far, lower-case hex. */
  hex(): string
}
