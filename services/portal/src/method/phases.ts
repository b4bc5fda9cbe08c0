/** The phases of a lab, as they stand in an address. */
import { z } from 'zod'

export const phases = [1, 2, 3, 4, 5] as const
export type Phase = (typeof phases)[number]
export const phaseInAddress = z.coerce.number().pipe(z.literal(phases))
