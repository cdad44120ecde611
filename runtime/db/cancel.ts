/**
 * How is a statement given up that is under way?
 * The server is told to cancel it, over a connection of its own; the transaction around it is rolled back by whoever began it.
 * Also called: cancel query, statement cancellation, 中止, クエリの取消.
 */
import { Client, type ClientBase } from 'pg';
import type { Connection } from '#runtime/db/connection.ts';

/**
 * Does `work` on the client, whose running statement is cancelled when `signal` is aborted; the signal's reason is thrown then,
 * whatever the work had come to. When this returns, no cancelling is under way any more that could meet a later statement.
 */
export async function cancelledBy<T>(
  signal: AbortSignal,
  connection: Connection,
  client: ClientBase,
  work: () => Promise<T>,
): Promise<T> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  let cancelling: Promise<void> = Promise.resolve();
  const cancel = (): void => void (cancelling = cancelBackend(connection, rows[0]!.pid));
  signal.throwIfAborted();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const result = await work();
    signal.throwIfAborted();
    return result;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', cancel);
    await cancelling;
  }
}

/** A statement that cannot be cancelled runs to its end: its transaction is rolled back all the same. */
async function cancelBackend(connection: Connection, pid: number): Promise<void> {
  const client = new Client(connection);
  client.on('error', () => undefined);
  try {
    await client.connect();
    // One may cancel what one's own login began, not what the role does that it has taken on.
    await client.query('set role none');
    await client.query('select pg_cancel_backend($1)', [pid]);
  } catch {
    // The server is out of reach, and so is the statement.
  } finally {
    await client.end().catch(() => undefined);
  }
}
