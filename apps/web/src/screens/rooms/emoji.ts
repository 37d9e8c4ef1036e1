/** Offered for reactions and in the composer; any other can be typed. */
export const EMOJI = [
  ...['❤️', '👍', '👏', '😂', '😊', '🤔', '😮', '😢', '🎉', '🙏', '🔥', '👀'],
  ...['✅', '❌', '❓', '❗', '💡', '📖', '📚', '✍️', '☕', '🌱', '🌙', '☀️'],
  ...['🙂', '😅', '😉', '😍', '😎', '😴', '🤝', '🙌', '💪', '💯', '🥂', '🍵'],
] as const
