/** What a node works with in one epoch, 32 bytes each and copies: erase them after use. */
export type OprfKeys = {
  /** K_oprfInput, which all nodes have. */
  readonly inputKey: Uint8Array
  /** This node's share of the key that nobody has. */
  readonly share: Uint8Array
}
