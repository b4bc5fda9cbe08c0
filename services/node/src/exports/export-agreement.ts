/**
 * Files about one agreement that officers take along, the same from the console and the command line.
 * @module
 */
import type { AgreementExport } from '@kruispunt/contracts'
import { agreementPdf } from './agreement-pdf.ts'
import { dpiaAnnex } from './dpia-annex.ts'
import type { Exported } from './exported.ts'
import { registerCsv, registerJson } from './register-row.ts'

export type ExportedFile = {
  readonly mediaType: string
  /** Without the short code: a name says what it is, not of which text. */
  readonly name: string
  readonly bytes: Uint8Array
}

const bytesOf = (text: string) => new TextEncoder().encode(text)

export async function exportAgreement(
  kind: AgreementExport,
  exported: Exported,
  auditText: () => string,
): Promise<ExportedFile> {
  const isDutch = exported.language === 'nl'
  switch (kind) {
    case 'agreement-pdf':
      return {
        mediaType: 'application/pdf',
        name: isDutch ? 'deelafspraak.pdf' : 'sharing-agreement.pdf',
        bytes: await agreementPdf(exported),
      }
    case 'dpia-pdf':
      return {
        mediaType: 'application/pdf',
        name: isDutch ? 'bijlage-dpia.pdf' : 'dpia-annex.pdf',
        bytes: await dpiaAnnex(exported),
      }
    case 'register-csv':
      return {
        mediaType: 'text/csv; charset=utf-8',
        name: isDutch ? 'verwerkingenregister.csv' : 'record-of-processing.csv',
        bytes: bytesOf(registerCsv(exported)),
      }
    case 'register-json':
      return {
        mediaType: 'application/json',
        name: isDutch ? 'verwerkingenregister.json' : 'record-of-processing.json',
        bytes: bytesOf(registerJson(exported)),
      }
    case 'audit-extract':
      return {
        mediaType: 'application/jsonl',
        name: isDutch ? 'controlespoor-deelafspraak.jsonl' : 'audit-extract.jsonl',
        bytes: bytesOf(auditText()),
      }
  }
}
