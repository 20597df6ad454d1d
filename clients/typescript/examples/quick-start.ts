// An account, a room, a message: node target/test/examples/quick-start.js, with `./parley up` running.
import { ParleyClient } from '@parley/client';

const url = process.env['PARLEY_URL'] ?? 'http://localhost:8080';
const username = `ada-${Date.now()}`;
const client = await ParleyClient.register({
  url,
  username,
  email: `${username}@example.org`,
  password: 'correct horse battery 9',
});
client.on('state', (state) => console.log(`state: ${state.status}`));
await client.connect();

const room = await client.createGroup('First words', []);
room.on('event', (event) => {
  switch (event.type) {
    case 'message.created':
      console.log(`#${event.seq} ${event.message.sender.username}: ${event.message.content}`);
      break;
    case 'message.updated':
      console.log(`#${event.seq} now says: ${event.message.content}`);
      break;
    default:
      console.log(`#${event.seq} ${event.type}`);
  }
});
room.on('outgoing', (message) => console.log(`"${message.content}" is ${message.state}`));
room.follow({ after: { seq: 0 } });

const { messageId, seq } = await room.send('Hello, is anybody there?').whenStored();
await room.edit(messageId, 'Hello!');
room.markRead(seq);

const edited = new Promise<void>((done) => room.on('event', (event) => event.type === 'message.updated' && done()));
if ((room.position?.seq ?? 0) < seq + 1) await edited;
client.close();
