import type { Translation } from './define.ts'
import type { primitivesEn } from './primitives.en.ts'

export const primitivesZh = {
  close: '关闭',
  undo: '撤销',
  seconds: '{seconds} 秒',
  retry: '重试',
  keepIt: '保留',
  typeName: '请输入“{name}”以继续',
  openBeside: '在旁边打开',
  notifications: '提示',
  expand: '展开{name}',
  collapse: '收起{name}',
  inkAmber: '琥珀',
  inkRose: '玫瑰',
  inkSage: '草绿',
  inkSky: '天蓝',
  inkViolet: '紫罗兰',
  inks: '颜色',
  loading: '正在载入',
} as const satisfies Translation<typeof primitivesEn>
