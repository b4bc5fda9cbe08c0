/**
 * Commands of the operator, on the broker's own data folder.
 * @module
 */
import { existsSync, mkdirSync } from 'node:fs'
import { type LabId, type LabView, labId, type PartyId, partyId } from '@kruispunt/contracts'
import { cryptoReady } from '@kruispunt/crypto'
import { rosterCode, shortCode } from '@kruispunt/statements'
import type { Command } from 'commander'
import { openStore } from '../db/open.ts'
import { createLab, inviteParty } from '../enrolment/labs.ts'
import { putRoster } from '../enrolment/put-roster.ts'
import { viewLab } from '../enrolment/view-lab.ts'
import { createKeys, keysExist, publicPart, readKeys, renewKeys } from '../keys/key-store.ts'
import { writeSecretFile } from '../keys/secret-file.ts'
import { lockFolder } from '../lock-folder.ts'
import { copyOfLog } from '../log/copy-log.ts'
import { rootKeyOf } from '../log/root-key.ts'
import { makeBackup } from './backup.ts'
import { type Context, type LocalBroker, noBrokerHere, withLocalBroker } from './context.ts'
import { UsageError } from './exit-codes.ts'
import { type LabAccess, readCoordinatorPublicKey } from './files.ts'
import type { Output } from './output.ts'
import { parseOption } from './parse-option.ts'
import { stateWord } from './spoken-words.ts'

/** Part of every log's origin and of key names, which allow no blanks. */
const brokerNamePattern = /^[a-z0-9][a-z0-9.-]{0,79}$/

function accessTo({ keys, config, store }: LocalBroker, lab: LabId): LabAccess {
  return {
    v: 1,
    kind: 'kruispunt-lab-access',
    brokerUrl: config.publicUrl,
    brokerName: keys.brokerName,
    caCertificate: keys.authority.certificatePem,
    lab,
    brokerKey: publicPart(rootKeyOf(store, keys, lab)),
    logKey: publicPart(keys.logKey),
  }
}

function assertNew(path: string): void {
  if (existsSync(path))
    throw new UsageError(
      'Er is al een bestand met die naam. Kies een andere naam.',
      'There is a file of that name already. Choose another name.',
    )
}

function writeNew(path: string, value: unknown): void {
  assertNew(path)
  writeSecretFile(path, `${JSON.stringify(value, null, 2)}\n`)
}

const toCoordinator = (say: Output['say'], file: string) =>
  say(`Toegangsbestand voor de coördinator: ${file}`, `Access file for the coordinator: ${file}`)

export function addInit(program: Command, context: Context): void {
  program
    .command('init')
    .description('make the keys, the certificate authority and the database of a new broker')
    .requiredOption('--name <name>', "the broker's name, part of every log for good: broker.example.org")
    .action(async ({ name }: { name: string }) => {
      const config = context.config()
      if (!brokerNamePattern.test(name))
        throw new UsageError(
          'De naam bij --name mag niet. Gebruik kleine letters, cijfers, punten en streepjes.',
          '--name is not right. Use lower-case letters, digits, dots and dashes.',
        )
      if (existsSync(config.databaseFile))
        throw new UsageError(
          'In deze map staat al een schakelpunt. Er is niets veranderd.',
          'There is a broker in this data folder already. Nothing was changed.',
        )
      await cryptoReady()
      mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
      // Keys may be there from an init that was cut off: they are good, and the database is what it lacked.
      if (!keysExist(config.dataDir)) await createKeys(config.dataDir, config.kekFile, name, new Date(context.now()))
      if (readKeys(config.dataDir, config.kekFile).brokerName !== name)
        throw new UsageError(
          'In deze map staan sleutels van een ander schakelpunt. Kies een andere map.',
          'There are keys of another broker in this data folder. Choose another folder.',
        )
      openStore(config.databaseFile).close()
      const { result, say } = context.output()
      result({ brokerName: name, dataDir: config.dataDir, kekFile: config.kekFile }, [
        say(`Schakelpunt ${name} staat klaar in ${config.dataDir}.`, `Broker ${name} is ready in ${config.dataDir}.`),
        say(
          `De sleutels gaan open met ${config.kekFile}. Bewaar daarvan een kopie, apart van de back-ups.`,
          `Its keys open with ${config.kekFile}. Keep a copy of that file apart from the backups.`,
        ),
      ])
    })
}

export function addLab(program: Command, context: Context): void {
  const lab = program.command('lab').description('labs of this broker')

  lab
    .command('create')
    .description('open a lab for one or more coordinators')
    .requiredOption('--id <lab>', 'short name, for good')
    .requiredOption('--title <text>', 'title for people')
    .option('--coordinator-key <file...>', 'public key files; without, coordinators add a passkey at the portal')
    .option('--rehearsal', 'invented people only: every page of the portal says so')
    .option('--out <file>', 'write the access file for the coordinators here')
    .action((options: { id: string; title: string; coordinatorKey?: string[]; rehearsal?: true; out?: string }) =>
      withLocalBroker(context, (broker) => {
        const id = parseOption(labId, options.id, '--id')
        const coordinatorKeys = (options.coordinatorKey ?? []).map(readCoordinatorPublicKey)
        const isRehearsal = options.rehearsal === true
        createLab(broker.store, { id, title: options.title, coordinatorKeys, isRehearsal }, context.now())
        const access = accessTo(broker, id)
        if (options.out !== undefined) writeNew(options.out, access)
        const { result, say } = context.output()
        const written = options.out === undefined ? [] : [toCoordinator(say, options.out)]
        result({ lab: id, access }, [say(`Datalab ${id} is geopend.`, `Lab ${id} is open.`), ...written])
      }),
    )

  lab
    .command('access')
    .description('write the access file for the coordinators of a lab')
    .requiredOption('--lab <lab>', 'the lab')
    .requiredOption('--out <file>', 'where to write it')
    .action((options: { lab: string; out: string }) =>
      withLocalBroker(context, (broker) => {
        const id = parseOption(labId, options.lab, '--lab')
        broker.logs.get(id)
        const access = accessTo(broker, id)
        writeNew(options.out, access)
        const { result, say } = context.output()
        result({ lab: id, access }, [toCoordinator(say, options.out)])
      }),
    )

  lab
    .command('roster')
    .description(
      'fix who takes part, once everybody invited has enrolled; later: take in who enrolled since, or let go',
    )
    .requiredOption('--lab <lab>', 'the lab')
    .option('--days <days>', 'how long the roster holds', '730')
    .option('--remove <party...>', 'partners that no longer take part; agreements that name them close at once')
    .action((options: { lab: string; days: string; remove?: string[] }) =>
      withLocalBroker(context, (broker) => {
        const log = broker.logs.get(parseOption(labId, options.lab, '--lab'))
        const expires = new Date(context.now() + wholeDays(options.days) * 86_400_000)
        const remove = (options.remove ?? []).map((party) => parseOption(partyId, party, '--remove'))
        const rosterHash = putRoster(broker, log, expires, { remove })
        const { roster, nextRoster } = log.record().state
        const { version } = (nextRoster ?? roster)?.document ?? { version: 1 }
        const { result, say } = context.output()
        result({ rosterHash, version, shortCode: rosterCode(rosterHash) }, [
          say(
            `Deelnemerslijst ${version} is vastgelegd. Alle functionarissen vergelijken mondeling deze code: ${rosterCode(rosterHash)}`,
            `Roster ${version} is on record. All officers compare this code by voice: ${rosterCode(rosterHash)}`,
          ),
          ...(version === 1
            ? []
            : [
                say(
                  'Zij geldt zodra genoeg partners van de vorige lijst haar hebben bevestigd en alle nieuwe sleutels zijn getoond.',
                  'It holds once enough partners of the one before have accepted it and all new keys have been shown.',
                ),
              ]),
        ])
      }),
    )

  lab
    .command('log')
    .description('write the log of a lab to a file that kruispunt-verify reads')
    .requiredOption('--lab <lab>', 'the lab')
    .requiredOption('--out <file>', 'where to write it')
    .action((options: { lab: string; out: string }) =>
      withLocalBroker(context, (broker) => {
        const log = broker.logs.get(parseOption(labId, options.lab, '--lab'))
        assertNew(options.out)
        writeSecretFile(options.out, copyOfLog(broker, log))
        const { result, say } = context.output()
        result({ out: options.out, size: log.record().tree.size }, [
          say(`Het controlespoor staat in ${options.out}.`, `The log is in ${options.out}.`),
        ])
      }),
    )

  lab
    .command('status')
    .description('who is in, what is agreed, what was delivered')
    .requiredOption('--lab <lab>', 'the lab')
    .action((options: { lab: string }) =>
      withLocalBroker(context, (broker) => {
        const view = viewLab(broker.store, broker.logs.get(parseOption(labId, options.lab, '--lab')), context.now())
        const output = context.output()
        output.result(view, statusLines(view, output))
      }),
    )
}

function nextRosterLine(next: NonNullable<LabView['nextRoster']>, say: Output['say']): string {
  const accepted = next.acceptedBy.join(', ') || '–'
  const waits =
    next.waitsFor === 'acceptances'
      ? say('wacht op meer bevestigingen', 'waits for more acceptances')
      : say('wacht op nieuwe sleutels', 'waits for new keys')
  return say(
    `voorgelegd: deelnemerslijst ${next.version}, code ${rosterCode(next.hash)}, bevestigd door ${accepted}; ${waits}`,
    `put forward: roster ${next.version}, code ${rosterCode(next.hash)}, accepted by ${accepted}; ${waits}`,
  )
}

function statusLines(view: LabView, { say, language }: Output): string[] {
  const { rosterHash } = view
  return [
    `${view.title} (${view.lab}): ${say(`${view.logSize} regels in het controlespoor`, `${view.logSize} entries in the log`)}`,
    ...(rosterHash === null
      ? []
      : [say(`deelnemerslijst ${rosterCode(rosterHash)}`, `roster ${rosterCode(rosterHash)}`)]),
    ...(view.nextRoster === null ? [] : [nextRosterLine(view.nextRoster, say)]),
    ...view.parties.map(({ id, name, enrolled, rosterAccepted }) => {
      const state = enrolled ? say('ingeschreven', 'enrolled') : say('uitgenodigd', 'invited')
      return `  ${id}  ${name}  ${state}${rosterAccepted ? say(', deelnemerslijst bevestigd', ', roster accepted') : ''}`
    }),
    ...view.agreements.flatMap((agreement) => [
      `${say('deelafspraak', 'agreement')} ${shortCode(agreement.id)} ${agreement.title}: ${stateWord(language, agreement.status)}`,
      `  ${say('sleutelafspraak', 'key ceremony')}: ${stateWord(language, agreement.ceremony)}`,
      ...(agreement.waitingFor.length === 0
        ? []
        : [`  ${say('wacht op', 'waits for')} ${agreement.waitingFor.join(', ')}`]),
      ...agreement.deliveries.map(
        ({ dataset, version, subjects, records }) =>
          `  ${dataset} v${version}: ${say(`${subjects} personen, ${records} registraties`, `${subjects} persons, ${records} records`)}`,
      ),
    ]),
  ]
}

function wholeDays(text: string): number {
  const days = Number(text)
  if (!Number.isInteger(days) || days < 1 || days > 3650)
    throw new UsageError(
      'Geef bij --days een heel getal van 1 tot en met 3650.',
      'Give --days a whole number, 1 to 3650.',
    )
  return days
}

export function addPartner(program: Command, context: Context): void {
  program
    .command('partner')
    .description('partners of a lab')
    .command('invite')
    .description('write an invitation; hand it over in person or by a safe way, it works once')
    .requiredOption('--lab <lab>', 'the lab')
    .requiredOption('--party <party>', 'short name of the partner, for good')
    .requiredOption('--name <text>', 'name for people')
    .requiredOption('--out <file>', 'where to write the invitation')
    .option('--days <days>', 'how long it holds', '14')
    .option('--again', 'for a partner whose node was lost: it enrols a new one')
    .action((options: { lab: string; party: string; name: string; out: string; days: string; again?: boolean }) =>
      withLocalBroker(context, ({ store, keys, config }) => {
        const lab = parseOption(labId, options.lab, '--lab')
        const party: PartyId = parseOption(partyId, options.party, '--party')
        if (existsSync(options.out))
          throw new UsageError(
            'Er is al een bestand met die naam. Kies een andere naam.',
            'There is a file of that name already. Choose another name.',
          )
        const invited = { lab, party, name: options.name, days: wholeDays(options.days), again: options.again === true }
        const invitation = inviteParty({ store, keys, publicUrl: config.publicUrl }, invited, context.now())
        writeNew(options.out, invitation)
        // The token stays in the file.
        const told = { lab, party, expires: invitation.expires, out: options.out }
        const { result, say } = context.output()
        result(told, [
          say(
            `Uitnodiging voor ${party}: ${options.out}, geldig tot ${invitation.expires}. Eerdere uitnodigingen voor ${party} gelden niet meer.`,
            `Invitation for ${party}: ${options.out}, until ${invitation.expires}. Earlier invitations for ${party} no longer work.`,
          ),
          say('Geef het bestand veilig af; het werkt één keer.', 'Hand the file over safely; it works once.'),
        ])
      }),
    )
}

export function addKeys(program: Command, context: Context): void {
  program
    .command('keys')
    .description("the broker's own keys")
    .command('renew')
    .description('make new keys for statements and checkpoints; stop the broker first')
    .action(async () => {
      const config = context.config()
      if (!keysExist(config.dataDir)) throw noBrokerHere()
      await cryptoReady()
      const unlock = lockFolder(config.dataDir)
      try {
        renewKeys(config.dataDir, config.kekFile)
      } finally {
        unlock()
      }
      const { brokerKey, logKey } = readKeys(config.dataDir, config.kekFile)
      const { result, say } = context.output()
      result({ brokerKey: publicPart(brokerKey), logKey: publicPart(logKey) }, [
        say(
          `Nieuwe sleutels: ${brokerKey.keyId} (verklaringen) en ${logKey.keyId} (controlepunten). De oude blijven bewaard.`,
          `New keys: ${brokerKey.keyId} (statements) and ${logKey.keyId} (checkpoints). The old ones are kept.`,
        ),
        say(
          'Leg nu in ieder Datalab een nieuwe deelnemerslijst voor (lab roster); tot die geldt blijven de oude sleutels in gebruik.',
          'Put a new roster forward in every lab now (lab roster); until it holds the old keys stay in use.',
        ),
      ])
    })
}

export function addBackup(program: Command, context: Context): void {
  program
    .command('backup')
    .description('copy the database and the columns, also while the broker serves; the key file is not in it')
    .requiredOption('--out <folder>', 'a folder that is not there yet; it is a data folder of its own')
    .action((options: { out: string }) =>
      withLocalBroker(context, async (broker) => {
        const report = await makeBackup(broker, options.out)
        const { result, say } = context.output()
        result(report, [
          say(
            `${report.out}: ${report.entries} regels van het controlespoor en ${report.columns} kolommen. Bewaar het sleutelbestand apart.`,
            `${report.out}: ${report.entries} entries of the log and ${report.columns} columns. Keep the key file apart.`,
          ),
        ])
      }),
    )
}
