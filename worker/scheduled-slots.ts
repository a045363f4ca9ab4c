import { EventEmitter, once } from 'node:events';
import type { CustomSlotSupplier, SlotPermit, WorkflowSlotInfo } from '@temporalio/worker';
import type { RightOfWay } from '../activities/right-of-way.js';

interface Permit extends SlotPermit {
  isSticky: boolean;
}

/**
 * Slots for the workflow tasks of scheduled runs: half of them for runs that have begun, half for those that have not,
 * which are not asked for while a person waits.
 */
export function scheduledSlots(rightOfWay: RightOfWay, slots: number): CustomSlotSupplier<WorkflowSlotInfo> {
  const changes = new EventEmitter();
  // As many wait as there are pollers.
  changes.setMaxListeners(0);
  const free = { begun: Math.ceil(slots / 2), new: Math.floor(slots / 2) };
  const kindOf = (isSticky: boolean) => (isSticky ? 'begun' : 'new');

  return {
    type: 'custom',
    async reserveSlot({ isSticky }, signal): Promise<Permit> {
      const kind = kindOf(isSticky);
      if (!isSticky) await rightOfWay.quiet();
      while (free[kind] === 0) {
        // The SDK knows an abort by the signal's own reason; the error that `once` makes of it would be logged.
        await once(changes, kind, { signal }).catch(() => signal.throwIfAborted());
      }
      signal.throwIfAborted();
      free[kind] -= 1;
      return { isSticky };
    },
    // Only polled tasks: nothing is begun past the ones that wait.
    tryReserveSlot: () => null,
    markSlotUsed() {},
    releaseSlot({ permit }) {
      const kind = kindOf((permit as Permit).isSticky);
      free[kind] += 1;
      changes.emit(kind);
    },
  };
}
