/// <reference types="vite/client" />
/// <reference types="vite-plugin-pwa/client" />

/** Folder of what pdf.js loads at run time, from the root of the app; ends in a slash. See tools/pdf-assets.ts. */
declare const PDFJS_ASSETS: string
