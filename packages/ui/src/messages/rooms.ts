import { defineMessages } from './define.ts'
import { roomsEn } from './rooms.en.ts'
import { roomsZh } from './rooms.zh.ts'

/** Rooms: lists, conversation, composer, and the ways into and out of them. */
export const rooms = defineMessages(roomsEn, roomsZh)
