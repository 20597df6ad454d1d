import { Disk, Page } from '../sim/page.js';
import { FakeServer } from '../sim/server.js';
import type { FakeConnection } from '../sim/gateway.js';
import assert from 'node:assert/strict';

/** A quiet simulated server, one room, and as many pages as a test opens. */
export class World {
  readonly server = new FakeServer(1);
  readonly room = this.server.room('red', ['ada', 'bob', 'admin']);

  disk(): Disk {
    return new Disk(this.server, false);
  }

  /** A page whose client is online and follows the room. */
  async page(userId = 'ada', disk = this.disk()): Promise<Page> {
    const page = new Page(this.server, userId, disk);
    void page.open(['red']);
    await this.until(
      'it is online and live',
      () => page.client?.state.status === 'online' && page.disk.positions.has('red'),
    );
    return page;
  }

  async until(what: string, condition: () => boolean, seconds = 60): Promise<void> {
    assert.ok(await this.server.clock.runUntil(condition, seconds * 1000), `not within ${seconds} s: ${what}`);
  }

  async pass(seconds: number): Promise<void> {
    await this.server.clock.runUntil(() => false, seconds * 1000);
  }

  /** Others make events. */
  happen(count = 1): void {
    for (let i = 0; i < count; i++)
      this.room.append('room.updated', 'admin', () => ({ room: { id: 'red', name: 'n' } }));
    this.server.changed(this.room);
  }

  connectionOf(userId: string): FakeConnection {
    const found = this.server.connections().find((connection) => connection.userId === userId);
    assert.ok(found, `${userId} has no connection`);
    return found;
  }

  contents(): string[] {
    return this.room.events.flatMap((event) =>
      event.type === 'message.created' ? [(event['message'] as { content: string }).content] : [],
    );
  }
}

export function seqs(page: Page): number[] {
  return (page.disk.told.get('red') ?? []).map(({ seq }) => seq);
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
