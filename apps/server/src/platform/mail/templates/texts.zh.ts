import type { MailTexts } from './mail-texts.ts'

export const zh: MailTexts = {
  signInCode: {
    subject: (code) => `${code} 是您的 Stoa 登录验证码`,
    heading: '您的登录验证码',
    body: (minutes) => `请在正在登录的页面上输入此验证码。验证码 ${minutes} 分钟内有效，仅可使用一次。`,
    footer: '如果您没有请求登录，请忽略本邮件：没有验证码，任何人都无法登录。请勿将验证码告诉他人。',
  },
  invitation: {
    subject: (inviter, organisation) => `${inviter} 邀请您加入 Stoa 上的“${organisation}”`,
    heading: (organisation) => `邀请您加入“${organisation}”`,
    body: (inviter, organisation) => `${inviter} 邀请您加入组织“${organisation}”，一起阅读、讨论和写作。`,
    action: '接受邀请',
    expires: (date) => `邀请有效期至 ${date}。`,
    footer: '如果您不认识邀请人，请忽略本邮件：只有您接受邀请后才会生效。',
  },
  newDevice: {
    subject: '您的 Stoa 账户有新的登录',
    heading: '新设备登录',
    body: '您的账户刚刚在一台我们未曾见过的设备上登录。',
    action: '查看登录会话',
    footer: '如果是您本人操作，无需处理。如果不是，请结束该会话并重新登录：验证码只会发送给您。',
  },
  refreshReuse: {
    subject: '为了安全，我们结束了您的一个 Stoa 会话',
    heading: '会话已结束',
    body: [
      '该会话的密钥被使用了两次，这通常说明密钥已被他人复制。为安全起见，使用该密钥的所有设备上的会话都已结束。',
      '您保存的内容不会丢失。重新登录即可继续使用。',
    ],
    action: '查看登录会话',
    footer: '如果再次发生，请检查该设备上是否有恶意软件或浏览器扩展。',
  },
  facts: { device: '设备', address: '网络地址', time: '时间' },
}
