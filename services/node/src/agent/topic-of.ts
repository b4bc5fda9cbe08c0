/**
 * What a statement of this node is about: the name under which it is made once.
 * @module
 */
import type { Statement } from '@kruispunt/contracts'

/** The topic of a statement that was read back from the log. Those no topic is kept for go by their own place in the chain. */
export function topicOf(statement: Statement): string {
  switch (statement.kind) {
    case 'roster-acceptance':
      return `roster-acceptance:${statement.rosterHash}:${statement.keyId}`
    case 'agreement-approval':
      return `agreement-approval:${statement.agreement}:${statement.keyId}`
    case 'epoch-rotation':
      return `epoch-rotation:${statement.agreement}:${statement.epoch}`
    case 'salt-commit':
    case 'salt-confirm':
    case 'salt-abort':
    case 'salt-complaint':
      return `${statement.kind}:${statement.agreement}:${statement.epoch}`
    case 'salt-reveal':
      return `salt-reveal:${statement.agreement}:${statement.epoch}:${statement.to}`
    case 'extract':
      return `extract:${statement.extractId}`
    case 'key-destroyed':
      return `key-destroyed:${statement.extractIds[0]}`
    case 'request-approval':
      return `request-approval:${statement.requestHash}:${statement.keyId}`
    case 'key-release':
      return `key-release:${statement.requestHash}:${statement.extractId}`
    case 'release-refusal':
      return `release-refusal:${statement.requestHash}`
    case 'revocation':
      return `revocation:${statement.scope}:${statement.id}`
    default:
      return `${statement.kind}:${statement.keyId}:${statement.seq}`
  }
}
