// Loaded before a program: holds what the search must be able to find, in the forms in which a careless program would.
const planted = JSON.parse(process.env.KRUISPUNT_TEST_PLANTED ?? '[]')
globalThis.planted = planted.map(({ text, hex }) =>
  text === undefined ? Buffer.from(hex, 'hex') : { held: `${text}` },
)
globalThis.plantedTexts = new Map(planted.map(({ hex }, at) => [`of ${at}`, hex]))
