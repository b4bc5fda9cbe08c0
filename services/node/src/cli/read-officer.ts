/** A new officer as typed on the command line. */
import type { NewOfficer } from '../enrolment.ts'
import { NodeError } from '../errors.ts'
import type { Invocation } from './session.ts'

/** `name:role:passphrase-file`; without a file the passphrase is asked for. */
export async function readOfficer(text: string, at: Invocation): Promise<NewOfficer> {
  const [name = '', role, ...file] = text.split(':')
  if (name === '' || (role !== 'privacy-officer' && role !== 'signatory'))
    throw new NodeError('invalid_request', {
      violations: [
        {
          path: '--officer',
          message: 'write it as name:role:passphrase-file, with role privacy-officer or signatory',
        },
      ],
    })
  const question = at.say(`Wachtwoord van ${name}`, `Passphrase of ${name}`)
  return { name, role, passphrase: await at.terminal.secret(file.length === 0 ? undefined : file.join(':'), question) }
}
