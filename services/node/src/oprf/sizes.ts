/** Sizes of the joint numbers, for those who need not load the group (RFC 9497, suite ristretto255-SHA512). */
export const inputBytes = 32
export const outputBytes = 64
/** Records in one batch: enough to be worth a statement, few enough that another party is soon done with it. */
export const recordsPerBatch = 16_384
export const canariesPerBatch = 64
