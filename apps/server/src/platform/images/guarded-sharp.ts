/** The decoder of pictures, without its loaders that run interpreters or delegates: pictures come from strangers. */
import sharp from 'sharp'

sharp.block({
  operation: [
    'VipsForeignLoadSvg',
    'VipsForeignLoadPdf',
    'VipsForeignLoadMagick',
    'VipsForeignLoadOpenslide',
    'VipsForeignLoadMat',
  ],
})
sharp.concurrency(1)
sharp.cache(false)

/** Most pixels a picture may have, all its frames together: 200 MB once decoded. */
export const MOST_PIXELS = 50e6

export { sharp }
