// Answers "!echo …" in every room that it is in, once, whatever dies meanwhile.
import { ParleyClient } from '@parley/client';
import { FileOutboxStorage, FileSessionStore } from '@parley/client/node';

const {
  PARLEY_URL: url = 'http://localhost:8080',
  BOT_NAME: username = 'bot',
  BOT_PASSWORD: password = '',
  BOT_HOME: home = '.bot',
} = process.env;
const options = {
  url,
  sessionStore: new FileSessionStore(`${home}/session.json`),
  outboxStorage: new FileOutboxStorage(`${home}/outbox.jsonl`),
};
const bot = (await ParleyClient.resume(options)) ?? (await ParleyClient.login({ ...options, username, password }));

bot.on('event', (event) => {
  if (event.type !== 'message.created' || event.actor_id === bot.user.id || event.message.deleted_at) return;
  const text = /^!echo (.+)/s.exec(event.message.content)?.[1];
  // The id makes the answer one, also when the bot sees the question again after a restart.
  if (text)
    bot.room(event.room_id).send(text, { replyToId: event.message.id, clientMessageId: `re-${event.message.id}` });
});
bot.on('room.added', ({ room }) => bot.room(room.id).follow({ after: { seq: 0 } }));
await bot.connect();
for (const room of (await bot.rooms({ limit: 100 })).items) bot.room(room.id).follow();
console.log(`${bot.user.username} listens`);
