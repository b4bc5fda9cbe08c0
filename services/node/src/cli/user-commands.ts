/** user add, list, remove, link: people at the console. Works on the folder itself, also beside a running `serve`. */
import { accountName, consoleRole, displayName } from '@kruispunt/contracts'
import type { Command } from 'commander'
import { type ConsoleAccounts, consoleOrigins, createConsoleAccounts } from '../console-accounts.ts'
import type { CommandResult } from '../delivery-port.ts'
import { NodeError } from '../errors.ts'
import { openFolder } from '../open-folder.ts'
import type { Cli, Invocation } from './session.ts'

const wrong = (path: string, message: string) => new NodeError('invalid_request', { violations: [{ path, message }] })

export function userCommands(program: Command, cli: Cli): void {
  const user = program
    .command('user')
    .description('mensen die zich aanmelden bij de console / people who sign in at the console')
  const onAccounts = (work: (accounts: ConsoleAccounts, at: Invocation) => CommandResult) =>
    cli.guarded(async (at) => {
      const { store, keyStore } = await openFolder(at.folderOptions)
      try {
        return work(createConsoleAccounts({ store, keyStore, now: at.folderOptions.clock }), at)
      } finally {
        store.close()
      }
    })

  user
    .command('add')
    .description('laat iemand toe / let somebody in')
    .requiredOption('--name <name>', 'om mee aan te melden / to sign in with')
    .requiredOption('--display <text>', 'naam voor mensen / name for people')
    .requiredOption('--role <role...>', consoleRole.options.join(', '))
    .action((options: { name: string; display: string; role: string[] }) =>
      onAccounts((accounts, at) => {
        if (!accountName.safeParse(options.name).success)
          throw wrong('--name', 'lower-case letters, digits and . _ @ - only')
        if (!displayName.safeParse(options.display).success)
          throw wrong('--display', 'one line, at most 120 characters')
        const roles = consoleRole.array().safeParse(options.role)
        if (!roles.success) throw wrong('--role', 'not a role')
        const grants = roles.data.map((role) => ({ role }))
        const { name } = accounts.add({ name: options.name, displayName: options.display, grants })
        return {
          data: { name, roles: roles.data },
          text: at.say(
            `${name} kan de console in. Maak een link met user link.`,
            `${name} may use the console. Make a link with user link.`,
          ),
        }
      }),
    )

  user
    .command('list')
    .description('wie de console in kan / who may use the console')
    .action(() =>
      onAccounts((accounts) => {
        const data = accounts.list().map(({ name, displayName: display, grants }) => ({
          name,
          displayName: display,
          roles: grants.map(({ role }) => role),
        }))
        return { data, text: data.map((one) => `${one.name}  ${one.displayName}  ${one.roles.join(', ')}`).join('\n') }
      }),
    )

  user
    .command('remove')
    .description('sluit iemand buiten; de sessies eindigen / shut somebody out; their sessions end')
    .requiredOption('--name <name>')
    .action((options: { name: string }) =>
      onAccounts((accounts, at) => {
        accounts.remove(options.name)
        return {
          data: { removed: options.name },
          text: at.say(`${options.name} kan er niet meer in.`, `${options.name} is shut out.`),
        }
      }),
    )

  user
    .command('identity')
    .description(
      'laat iemand toe die zich bij de eigen organisatie aanmeldde / let in who signed in at the own organisation',
    )
    .requiredOption('--name <name>')
    .requiredOption('--issuer <url>', 'van de aanmelddienst / of the sign-in service')
    .requiredOption('--subject <text>', 'wie het daar is / who it is there (sub)')
    .action((options: { name: string; issuer: string; subject: string }) =>
      onAccounts((accounts, at) => {
        const { name, issuer, subject } = options
        accounts.linkIdentity(name, { issuer, subject })
        return {
          data: { name, issuer },
          text: at.say(`${name} is gekoppeld aan ${issuer}.`, `${name} is linked to ${issuer}.`),
        }
      }),
    )

  user
    .command('link')
    .description('een link waarmee iemand zich één keer aanmeldt / a link that signs somebody in once')
    .requiredOption('--name <name>')
    .option('--minutes <minutes>', 'hoe lang hij werkt, 1 tot 60 / how long it works, 1 to 60', '15')
    .action((options: { name: string; minutes: string }) =>
      onAccounts((accounts, at) => {
        const minutes = Number(options.minutes)
        if (!Number.isInteger(minutes) || minutes < 1 || minutes > 60)
          throw wrong('--minutes', 'a whole number, 1 to 60')
        const { publicUrl, port, tlsCertificateFile } = at.config
        if (publicUrl === undefined && port === 0) throw wrong('port', 'missing')
        const [origin] = consoleOrigins({ publicUrl, port }, tlsCertificateFile !== undefined)
        const { code, expires } = accounts.makeLink(options.name, minutes)
        const data = {
          name: options.name,
          url: `${origin}/sign-in#code=${code}`,
          expires: new Date(expires).toISOString(),
        }
        const text = at.say(
          `Link voor ${data.name}, één keer te gebruiken tot ${data.expires}:`,
          `Link for ${data.name}, works once until ${data.expires}:`,
        )
        return { data, text: `${text}\n${data.url}` }
      }),
    )
}
