/**
 * What the operating system refuses, as a sentence with a remedy. Names no file: the text must be safe to pass on.
 * @module
 */
import type { Bilingual } from '@kruispunt/contracts'

const texts: Readonly<Record<string, Bilingual>> = {
  EADDRINUSE: {
    nl: 'De poort is al in gebruik. Stop het andere programma, of kies een andere poort in de instellingen.',
    en: 'The port is in use already. Stop the other program, or choose another port in the settings.',
  },
  EADDRNOTAVAIL: {
    nl: 'Deze machine heeft dat adres niet. Controleer host in de instellingen.',
    en: 'This machine does not have that address. Check host in the settings.',
  },
  EACCES: {
    nl: 'Geen toegang tot een bestand, een map of de poort. Controleer de rechten.',
    en: 'No access to a file, a folder or the port. Check the permissions.',
  },
  ENOENT: {
    nl: 'Een bestand of map bestaat niet. Controleer de namen in de opdracht en de instellingen.',
    en: 'A file or folder does not exist. Check the names in the command and the settings.',
  },
  ENOTDIR: {
    nl: 'Een van de genoemde mappen is een bestand. Controleer de namen in de opdracht.',
    en: 'One of the folders named is a file. Check the names in the command.',
  },
  EISDIR: {
    nl: 'Een van de genoemde bestanden is een map. Controleer de namen in de opdracht.',
    en: 'One of the files named is a folder. Check the names in the command.',
  },
  ENOSPC: {
    nl: 'De schijf is vol. Maak ruimte en probeer het opnieuw.',
    en: 'The disk is full. Make room and try again.',
  },
}

export function systemText(error: unknown): Bilingual | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return texts[String(error.code)]
}
