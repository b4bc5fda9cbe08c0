export { type Accounts, type AccountsDeps, createAccounts, type Identity } from './accounts.ts'
export { AccountError } from './errors.ts'
export { originsOf } from './origins.ts'
export {
  askToAssert,
  askToRegister,
  checkRegistration,
  type PasskeyPage,
  pageOf,
} from './passkeys.ts'
export { createPending, type Pending } from './pending.ts'
export type { Account, Person, SignedIn } from './people.ts'
export { isFromOwnPage } from './same-origin.ts'
export { requireRecentSignIn } from './sessions.ts'
export { createSqlStorage } from './sql-storage.ts'
export type { AccountStorage } from './storage.ts'
