/** init, enrol, fingerprint, status, serve, log verify, backup: the operator's commands. */
import { existsSync, readFileSync } from 'node:fs'
import { invitation as invitationSchema } from '@kruispunt/contracts'
import type { Command } from 'commander'
import { copyOwnLog } from '../agent/copy-log.ts'
import { verifyOwnLog } from '../agent/verify-log.ts'
import { enrol, type NewOfficer } from '../enrolment.ts'
import { NodeError, refuseUnless } from '../errors.ts'
import { initialise, openFolder } from '../open-folder.ts'
import { writeNewFile } from './new-file.ts'
import { readOfficer } from './read-officer.ts'
import type { Cli } from './session.ts'
import { fingerprintText, statusText, verificationText } from './texts.ts'

const collect = (value: string, all: string[]) => [...all, value]

function readInvitation(file: string) {
  if (!existsSync(file)) throw new NodeError('invitation_unreadable')
  try {
    return invitationSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    throw new NodeError('invitation_unreadable', { cause })
  }
}

export function startCommands(program: Command, cli: Cli): void {
  program
    .command('init')
    .description('maak de map, de sleutelkluis en de database / make folder, key store and database')
    .action(() =>
      cli.guarded(async (at) => {
        const { folder } = at.config
        initialise(at.folderOptions)
        return {
          data: { folder },
          text: at.say(`Het knooppunt staat klaar in ${folder}.`, `The node is ready in ${folder}.`),
        }
      }),
    )

  program
    .command('enrol')
    .description('schrijf dit knooppunt in met een uitnodiging / enrol this node with an invitation')
    .requiredOption('--invitation <file>')
    .requiredOption('--officer <name:role:passphrase-file>', 'privacy-officer of/or signatory', collect, [])
    .action((options: { invitation: string; officer: string[] }) =>
      cli.guarded(async (at) => {
        const invitation = readInvitation(options.invitation)
        const officers: NewOfficer[] = []
        for (const one of options.officer) officers.push(await readOfficer(one, at))
        const opened = await openFolder(at.folderOptions)
        try {
          await enrol(
            { ...opened, clock: at.folderOptions.clock, onDurableStep: () => undefined },
            invitation,
            officers,
          )
        } finally {
          opened.store.close()
        }
        const { lab, party } = invitation
        return {
          data: { lab, party },
          text: at.say(`Ingeschreven bij ${lab} als ${party}.`, `Enrolled in ${lab} as ${party}.`),
        }
      }),
    )

  program
    .command('fingerprint')
    .description('toon de vingerafdrukken van de eigen sleutels / show the fingerprints of the own keys')
    .action(() =>
      cli.onNode(async (node, at) => {
        const data = node.views.fingerprints()
        return { data, text: fingerprintText(data, at.say) }
      }),
    )

  program
    .command('status')
    .description('hoe staat dit knooppunt ervoor / how does this node stand')
    .action(() =>
      cli.guarded((at) =>
        cli.withNode(at, async (node) => {
          await node.agent.tick().catch((error: unknown) => {
            // What is in the way is in the status itself.
            if (!(error instanceof NodeError)) throw error
          })
          const data = node.views.status()
          return { data, text: statusText(data, at.language, at.say), exitCode: data.frozen.length > 0 ? 6 : 0 }
        }),
      ),
    )

  program
    .command('serve')
    .description('blijf verbonden en luister lokaal / stay connected and listen locally')
    .action(() =>
      cli.guarded(async (at) => {
        // Only here: other commands start faster without the web server.
        const { serve } = await import('../serve.ts')
        await serve(at.config, at.folderOptions)
        return undefined
      }),
    )

  const log = program.command('log').description('het controlespoor / the audit trail')
  log
    .command('export')
    .description(
      'schrijf de eigen kopie naar een bestand voor kruispunt-verify / write the own copy for kruispunt-verify',
    )
    .argument('<file>')
    .action((file: string) =>
      cli.guarded(async (at) => {
        // Not through the node either: an auditor wants what is there, also when it is not right.
        const opened = await openFolder(at.folderOptions)
        try {
          const invitation = opened.settings.get('invitation')
          refuseUnless(invitation !== undefined, 'not_enrolled')
          writeNewFile(file, copyOwnLog(opened.store, invitation.lab))
          return {
            data: { file },
            text: at.say(
              `Het controlespoor staat in ${file}. Er staan geen persoonsgegevens in. Controleren: kruispunt-verify ${file} --code <code van de deelnemerslijst>`,
              `The log is in ${file}. It holds no personal data. To verify it: kruispunt-verify ${file} --code <code of the roster>`,
            ),
          }
        } finally {
          opened.store.close()
        }
      }),
    )
  log
    .command('verify')
    .description(
      'controleer de eigen kopie van begin tot eind, zonder schakelpunt / verify the own copy, without the broker',
    )
    .action(() =>
      cli.guarded(async (at) => {
        // Not through the node: it does not open on a copy that was tampered with, and that is what this has to show.
        const opened = await openFolder(at.folderOptions)
        try {
          const invitation = opened.settings.get('invitation')
          refuseUnless(invitation !== undefined, 'not_enrolled')
          const data = verifyOwnLog(opened.store, invitation, at.folderOptions.clock())
          return { data, text: verificationText(data, at.language, at.say), exitCode: data.valid ? 0 : 6 }
        } finally {
          opened.store.close()
        }
      }),
    )

  program
    .command('backup')
    .description(
      'een hele kopie van de database; bewaar de map keys apart / a whole copy of the database; keep the folder keys apart',
    )
    .argument('<file>')
    .action((file: string) =>
      cli.guarded((at) =>
        cli.withNode(at, async (node) => {
          if (existsSync(file))
            throw new NodeError('invalid_request', {
              violations: [{ path: 'file', message: 'there is a file of that name already' }],
            })
          await node.backup(file)
          return {
            data: { file },
            text: at.say(
              `Kopie geschreven naar ${file}. Na elke intrekking of vervanging is een nieuwe kopie nodig: oude openen niet meer.`,
              `Copy written to ${file}. After each withdrawal or replacement a new copy is needed: older ones no longer open.`,
            ),
          }
        }),
      ),
    )
}
