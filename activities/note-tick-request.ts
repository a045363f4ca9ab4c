import { z } from 'zod';
import { tickId } from '../domain/schedule.js';
import type { Rpc } from './rpc.js';

/** A request from outside for a tick. */
export interface TickRequest {
  schedule: string;
  /** The minute of the tick. */
  dueAt: string;
  caller: 'signature' | 'cron_secret';
  /** Keyed hash of the address that it came from. */
  addressHash: string;
  askedAt: string;
}

export type TickRequestActivities = ReturnType<typeof createTickRequestActivities>;

/** Who asked for a tick, for the audit. */
export function createTickRequestActivities({ rpc }: { rpc: Rpc }) {
  return {
    /** @param id of the request: the same one is noted once. */
    async noteTickRequest(id: string, request: TickRequest): Promise<void> {
      await rpc(
        'note_tick_request',
        {
          p_id: id,
          p_tick: tickId(request.schedule, new Date(request.dueAt)),
          p_caller: request.caller,
          p_address_hash: request.addressHash,
          p_asked_at: request.askedAt,
        },
        z.null(),
      );
    },
  };
}
