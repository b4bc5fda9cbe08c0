/** `npm run build`: the pages, for a broker or a node that is started without the demo. */
import { buildPages } from './build-pages.ts'

const built = await buildPages()
console.log(built.length === 0 ? 'the pages are up to date' : `built: ${built.join(', ')}`)
