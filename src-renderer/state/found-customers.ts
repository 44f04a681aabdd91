import { useEffect, useState } from 'react';
import type { Output } from '../../src-preload/contract/index.ts';
import { ask } from '../bridge.ts';

const QUIET_MS = 100;

export type FoundCustomer = Output<'customer.find'>['customers'][number];

/** Customers found by a name, number, handle or address while it is typed; null while nothing was asked. `least`: letters it takes to ask. */
export function useFoundCustomers(text: string, { limit, least }: { limit: number; least: number }): readonly FoundCustomer[] | null {
  const [found, setFound] = useState<readonly FoundCustomer[] | null>(null);
  const typed = text.trim();
  useEffect(() => {
    if (typed.length < least) {
      setFound(null);
      return undefined;
    }
    let isOld = false;
    const timer = setTimeout(() => void ask('customer.find', { text: typed, limit }).then((answer) => { if (!isOld && answer.ok) setFound(answer.value.customers); }), QUIET_MS);
    return () => { isOld = true; clearTimeout(timer); };
  }, [typed, limit, least]);
  return found;
}
