/** Whether the page stands inside another app: the landing page asks too, and needs nothing else of browsers. */

const IN_APP = /\bZalo|FBAN|FBAV|FB_IAB|Instagram|\bLine\/|MicroMessenger|TikTok|musical_ly|; wv\)/

/** A page inside another app (Zalo, Facebook): it may forget everything when it is closed. */
export const inApp = (agent = navigator.userAgent): boolean => IN_APP.test(agent)
