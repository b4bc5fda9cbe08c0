/**
 * Commands around the agreement: draft, put forward, list. Made and signed with the coordinator's key, over HTTPS.
 * @module
 */
import { existsSync } from 'node:fs'
import { agreementDocument, type LabView, labId, labView, partyId } from '@kruispunt/contracts'
import { documentHash, shortCode } from '@kruispunt/statements'
import type { Command } from 'commander'
import { agreementTemplate, standingSpecials, unfinishedParts } from '../drafting/agreement-template.ts'
import { writeSecretFile } from '../keys/secret-file.ts'
import { requireReady } from '../requests/agreement-ready.ts'
import type { Context } from './context.ts'
import type { CoordinatorClient } from './coordinator-client.ts'
import { type CoordinatorOptions, withCoordinator, withCoordinatorOptions } from './coordinator-options.ts'
import { addDryRun } from './dry-run-command.ts'
import { UsageError } from './exit-codes.ts'
import { readJsonFile } from './files.ts'
import { parseOption } from './parse-option.ts'
import { stateWord } from './spoken-words.ts'

const readLabView = async ({ api, base }: CoordinatorClient): Promise<LabView> =>
  labView.parse(await api.ask({ method: 'GET', path: base }))

export function addAgreement(program: Command, context: Context): void {
  const agreement = program.command('agreement').description('the sharing agreement')

  agreement
    .command('draft')
    .description('write a complete agreement to edit')
    .requiredOption('--lab <lab>', 'the lab')
    .requiredOption('--party <id=name...>', 'each partner, two or more')
    .requiredOption('--out <file>', 'where to write it')
    .option('--special <party...>', 'whose dataset has special categories: opened for single requests only', [])
    .action((options: { lab: string; party: string[]; out: string; special: string[] }) => {
      if (existsSync(options.out))
        throw new UsageError(
          'Er is al een bestand met die naam. Kies een andere naam.',
          'There is a file of that name already. Choose another name.',
        )
      const lab = parseOption(labId, options.lab, '--lab')
      if (options.party.length < 2)
        throw new UsageError(
          'Noem bij --party twee partners of meer, zoals --party ggd=GGD politie=Politie.',
          'Give --party two partners or more, such as --party ggd=GGD politie=Politie.',
        )
      const parties = options.party.map((text) => {
        const [id = '', ...name] = text.split('=')
        const isSpecial = options.special.includes(id)
        return { id: parseOption(partyId, id, '--party'), name: name.join('=') || id, isSpecial }
      })
      const stranger = options.special.find((id) => !parties.some((party) => party.id === id))
      if (stranger !== undefined)
        throw new UsageError(
          'Bij --special staat een partner die niet bij --party staat.',
          'There is a partner under --special that is not under --party.',
        )
      const document = agreementTemplate(lab, parties, new Date(context.now()))
      writeSecretFile(options.out, `${JSON.stringify(document, null, 2)}\n`)
      const unfinished = unfinishedParts(document)
      const { result, say } = context.output()
      const count = unfinished.length
      result({ out: options.out, unfinished }, [
        say(
          `Concept geschreven: ${options.out}. Nog in te vullen: ${count} plaatsen tussen < en >.`,
          `Draft written: ${options.out}. Still to be written: ${count} places between < and >.`,
        ),
        say(
          'In de eerste dataset staat van iedere soort kenmerk een voorbeeld. Haal weg wat u niet nodig hebt, ook bij tables.',
          'The first dataset has an example of every kind of variable. Remove what you do not need, under tables too.',
        ),
      ])
    })

  addDryRun(agreement, context)

  withCoordinatorOptions(agreement.command('propose'))
    .description('sign an agreement and put it before the partners')
    .requiredOption('--file <file>', 'the agreement')
    .action((options: CoordinatorOptions & { file: string }) => {
      const document = readJsonFile(options.file, agreementDocument, { nl: 'met de deelafspraak', en: 'agreement' })
      requireReady(document)
      return withCoordinator(context, options, async (client) => {
        const id = documentHash('agreement', document)
        const { index } = await client.submit({ kind: 'agreement', document })
        const { result, say, language } = context.output()
        const standing = standingSpecials(document).map(({ title }) => title[language])
        result({ agreement: id, shortCode: shortCode(id), index }, [
          ...(standing.length === 0
            ? []
            : [
                say(
                  `Let op: van ${standing.join(', ')} staan bijzondere of strafrechtelijke gegevens versleuteld bij het schakelpunt. Met extractMode: per-request blijven zij bij de partner.`,
                  `Note: of ${standing.join(', ')} special or criminal data stand encrypted at the broker. With extractMode: per-request they stay at the partner.`,
                ),
              ]),
          say(
            `Deelafspraak ${shortCode(id)} is aangeboden. Iedere partner leest en tekent haar in de eigen omgeving.`,
            `Agreement ${shortCode(id)} is on record. Each partner reads and signs it at the own node.`,
          ),
          id,
        ])
      })
    })

  withCoordinatorOptions(agreement.command('list'))
    .description('the agreements of the lab and how they stand')
    .action((options: CoordinatorOptions) =>
      withCoordinator(context, options, async (client) => {
        const { agreements } = await readLabView(client)
        const { result, say, language } = context.output()
        const none = say('Er zijn nog geen deelafspraken.', 'There are no agreements yet.')
        const lines =
          agreements.length === 0
            ? [none]
            : agreements.flatMap(({ id, title, status, ceremony, waitingFor }) => [
                `${shortCode(id)}  ${title}: ${stateWord(language, status)}; ${say('sleutelafspraak', 'key ceremony')} ${stateWord(language, ceremony)}`,
                `  ${id}`,
                ...(waitingFor.length === 0 ? [] : [`  ${say('wacht op', 'waits for')} ${waitingFor.join(', ')}`]),
              ])
        result({ agreements }, lines)
      }),
    )
}
