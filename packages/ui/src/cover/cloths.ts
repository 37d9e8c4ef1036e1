/** Colours of one binding, as hex. Ground and ink have a contrast of at least 4.5:1. */
export interface Cloth {
  readonly name: string
  readonly ground: string
  readonly ink: string
  readonly ornament: string
  readonly slip: string
  readonly slipInk: string
}

const cloth = (
  name: string,
  [ground, ink, ornament, slip, slipInk]: readonly [string, string, string, string, string],
) => ({
  name,
  ground,
  ink,
  ornament,
  slip,
  slipInk,
})

export const CLOTHS: readonly Cloth[] = [
  cloth('clay', ['#A4503B', '#FCF1E6', '#BF7258', '#F6E9DA', '#5A2416']),
  cloth('ochre', ['#CDA252', '#2E220F', '#E1C07F', '#F8EED6', '#4A3510']),
  cloth('olive', ['#6F7147', '#FAF7E8', '#8E9063', '#F4F0DC', '#36381C']),
  cloth('sage', ['#AEBBA0', '#222D1D', '#94A484', '#F3F3E6', '#2F3C27']),
  cloth('pine', ['#2F4F45', '#F0ECDF', '#4A7062', '#EFEADA', '#1F3A31']),
  cloth('teal', ['#31606A', '#EEF1EA', '#528089', '#F0EEE2', '#1D454D']),
  cloth('slate', ['#566A80', '#F4F3EE', '#768AA1', '#F1EFE8', '#2C3D50']),
  cloth('indigo', ['#2D3B60', '#F0ECE2', '#4E5F8B', '#EFE9DA', '#212C4B']),
  cloth('plum', ['#5E3D54', '#F6ECEC', '#815B74', '#F3E8E2', '#45273B']),
  cloth('wine', ['#722E39', '#F8EADF', '#94525B', '#F5E6D8', '#551C26']),
  cloth('umber', ['#5B4737', '#F4EBDC', '#7E6853', '#F2E7D3', '#3F2F22']),
  cloth('stone', ['#DAD2C3', '#2B2721', '#BCB19D', '#FAF6EC', '#3A342B']),
  cloth('bone', ['#EDE6D7', '#3A2A22', '#C0694E', '#FFFBF1', '#4A2A1E']),
  cloth('rose', ['#D8AEA2', '#3B201B', '#C18D7F', '#FBF0E8', '#55281F']),
]
