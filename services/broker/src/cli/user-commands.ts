/**
 * People at the portal: who there is, in which role, and links with which they sign in.
 * @module
 */
import { accountName, displayName, type PortalGrant, portalGrant } from '@kruispunt/contracts'
import type { Command } from 'commander'
import { portalAccounts, portalOrigins } from '../portal-accounts.ts'
import { type Context, type LocalBroker, withLocalBroker } from './context.ts'
import { UsageError } from './exit-codes.ts'

const grantForm = () =>
  new UsageError(
    'Schrijf bij --role: lab:coordinator, lab:auditor of lab:partner-reader:partner.',
    'Write --role as lab:coordinator, lab:auditor or lab:partner-reader:partner.',
  )

/** `regio:partner-reader:ggd` */
function readGrant(text: string, { logs }: LocalBroker): PortalGrant {
  const [lab, role, party = null, ...rest] = text.split(':')
  const parsed = portalGrant.safeParse({ lab, role, party })
  if (!parsed.success || rest.length > 0) throw grantForm()
  // Refuses a lab that is not there.
  logs.get(parsed.data.lab)
  return parsed.data
}

const writeGrant = ({ lab, role, party }: PortalGrant) => [lab, role, ...(party === null ? [] : [party])].join(':')

function wholeMinutes(text: string): number {
  const minutes = Number(text)
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 60)
    throw new UsageError(
      'Geef bij --minutes een heel getal van 1 tot en met 60.',
      'Give --minutes a whole number, 1 to 60.',
    )
  return minutes
}

export function addUser(program: Command, context: Context): void {
  const user = program.command('user').description('people who sign in at the portal')
  const accountsOf = ({ store, keys }: LocalBroker) => portalAccounts({ store, keys, now: context.now })

  user
    .command('add')
    .description('let somebody in; give them a link after that')
    .requiredOption('--name <name>', 'to sign in with, for good: lower-case letters, digits, . _ @ -')
    .requiredOption('--display <text>', 'name for people')
    .requiredOption('--role <lab:role...>', 'coordinator, auditor or partner-reader:partner in a lab')
    .action((options: { name: string; display: string; role: string[] }) =>
      withLocalBroker(context, (broker) => {
        if (!accountName.safeParse(options.name).success || !displayName.safeParse(options.display).success)
          throw new UsageError(
            'De naam bij --name of --display mag niet. Gebruik voor --name kleine letters, cijfers en . _ @ -',
            '--name or --display is not right. Use lower-case letters, digits and . _ @ - for --name.',
          )
        const grants = options.role.map((text) => readGrant(text, broker))
        const { name } = accountsOf(broker).add({ name: options.name, displayName: options.display, grants })
        const { result, say } = context.output()
        result({ name, roles: grants.map(writeGrant) }, [
          say(
            `${name} kan het portaal in. Maak een link met user link.`,
            `${name} may use the portal. Make a link with user link.`,
          ),
        ])
      }),
    )

  user
    .command('list')
    .description('who may use the portal')
    .action(() =>
      withLocalBroker(context, (broker) => {
        const people = accountsOf(broker)
          .list()
          .map(({ name, displayName, grants }) => ({ name, displayName, roles: grants.map(writeGrant) }))
        const lines = people.map(({ name, displayName, roles }) => `${name}  ${displayName}  ${roles.join(', ')}`)
        context.output().result(people, lines)
      }),
    )

  user
    .command('remove')
    .description('shut somebody out; their sessions end')
    .requiredOption('--name <name>', 'the account')
    .action((options: { name: string }) =>
      withLocalBroker(context, (broker) => {
        accountsOf(broker).remove(options.name)
        const { result, say } = context.output()
        result({ removed: options.name }, [say(`${options.name} kan er niet meer in.`, `${options.name} is shut out.`)])
      }),
    )

  user
    .command('identity')
    .description('let somebody in who signed in at the own organisation (OpenID Connect)')
    .requiredOption('--name <name>', 'the account')
    .requiredOption('--issuer <url>', 'of the sign-in service, exactly as it names itself')
    .requiredOption('--subject <text>', 'who it is there (sub)')
    .action((options: { name: string; issuer: string; subject: string }) =>
      withLocalBroker(context, (broker) => {
        const { name, issuer, subject } = options
        accountsOf(broker).linkIdentity(name, { issuer, subject })
        const { result, say } = context.output()
        result({ name, issuer }, [say(`${name} is gekoppeld aan ${issuer}.`, `${name} is linked to ${issuer}.`)])
      }),
    )

  user
    .command('link')
    .description('a link that signs somebody in once; earlier links of theirs no longer work')
    .requiredOption('--name <name>', 'the account')
    .option('--minutes <minutes>', 'how long it works', '15')
    .action((options: { name: string; minutes: string }) =>
      withLocalBroker(context, (broker) => {
        const { portal } = broker.config
        if (portal === undefined || (portal.publicUrl === undefined && portal.port === 0))
          throw new UsageError(
            'Het adres van het portaal is niet bekend. Geef portal.port of portal.publicUrl.',
            'The address of the portal is not known. Set portal.port or portal.publicUrl.',
          )
        const { code, expires } = accountsOf(broker).makeLink(options.name, wholeMinutes(options.minutes))
        const url = `${portalOrigins(portal)[0]}/sign-in#code=${code}`
        const until = new Date(expires).toISOString()
        const { result, say } = context.output()
        result({ name: options.name, url, expires: until }, [
          say(
            `Link voor ${options.name}, één keer te gebruiken tot ${until}:`,
            `Link for ${options.name}, works once until ${until}:`,
          ),
          url,
        ])
      }),
    )
}
