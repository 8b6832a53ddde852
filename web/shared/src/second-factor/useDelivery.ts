import { useCallback, useEffect, useMemo, useState } from 'react';
import { useClient } from 'urql';
import { faultsOf } from '../api/fault';
import { operation } from '../api/operation';
import { serverNow } from '../api/serverClock';
import { ChallengeDeliveryDocument } from '../gql/graphql';
import type { Challenge, Option } from './challenge';
import { isOver } from './StartOver';
import { watch } from './watch';

interface News {
  /** When the code was sent that this is about. */
  sentAt: number | undefined;
  delivery: Challenge['delivery'];
  /** What stands among the options meanwhile and did not before: the other way to a phone. */
  more: Option[];
}

/**
 * Learns what became of the code of a challenge that was sent last, at `sentAt` by the option `wayId`, while it is asked for.
 * Nobody hears of a look that fails: the page works without. `look` looks once more, for which ways there are now.
 */
export function useDelivery(challenge: Challenge, wayId: string | undefined, sentAt: number | undefined) {
  const client = useClient();
  const { id } = challenge;
  const [news, setNews] = useState<News>({ sentAt, delivery: challenge.delivery, more: [] });

  const look = useCallback(async () => {
    const { data, error } = await client.query(operation(ChallengeDeliveryDocument), { id }, { requestPolicy: 'network-only' }).toPromise();
    return { found: data?.challenge, over: faultsOf(error).some(isOver) };
  }, [client, id]);
  const learn = useCallback((found: Pick<Challenge, 'delivery' | 'options'>, of: number | undefined) => {
    setNews(({ more }) => ({ sentAt: of, delivery: found.delivery, more: [...more.filter((o) => !found.options.some((f) => f.id === o.id)), ...found.options] }));
  }, []);

  useEffect(() => {
    if (!wayId || sentAt === undefined) return;
    let left = false;
    const ask = async () => {
      const { found, over } = await look();
      if (left) return false;
      if (found) learn(found, sentAt);
      return !over && found?.delivery?.state !== 'ARRIVED';
    };
    const stop = watch(ask, () => serverNow() - sentAt);
    return () => {
      left = true;
      stop();
    };
  }, [wayId, sentAt, look, learn]);

  const options = useMemo(() => [...challenge.options, ...news.more.filter((o) => !challenge.options.some((known) => known.id === o.id))], [challenge, news.more]);
  const known = news.sentAt === sentAt && wayId && news.delivery && sameDevice(news.delivery.optionId, wayId) ? news.delivery : undefined;
  return {
    /** Every way that is known. */
    options,
    /** What became of the code; undefined where that is not known. */
    delivery: known,
    look: useCallback(async () => {
      const { found } = await look();
      if (found) learn(found, sentAt);
    }, [look, learn, sentAt]),
  };
}

/** Whether two options lead to the same phone or address: the other way to a phone has an id of its own. */
const sameDevice = (a: string, b: string) => a.slice(a.indexOf(':') + 1) === b.slice(b.indexOf(':') + 1);
