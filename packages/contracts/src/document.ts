import bundled from './generated/openapi.json' with { type: 'json' }

/** The whole contract as one OpenAPI 3.1 document. Apart from the types, so that browsers do not load it. */
export const document: Readonly<Record<string, unknown>> = bundled
