import { FaultAlert } from '@factordesk/shared';
import { Button, Group, Loader, Skeleton, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { CodesUserFragment } from '../gql/graphql';
import { CODES } from '../user/attention';
import { CodeLine } from './CodeLine';
import classes from './Codes.module.css';
import type { Row } from './rows';
import { useCodes } from './useCodes';

interface Props {
  user: CodesUserFragment;
  /** A test message that was just sent from this page. */
  sent?: Row;
}

/** What became of the user's codes, by whichever way they went, as it happens. */
export function Codes({ user, sent }: Props) {
  const may = user.viewerCan?.notificationHistory;
  return (
    <section className={`panel ${classes.section}`} aria-labelledby={CODES}>
      <div>
        <Title order={2} size="h4" id={CODES}>
          Codes
        </Title>
        <Text size="sm" c="dimmed">
          What became of each code, by text, call, mail or app; the newest first. Our own log says so, and each look is recorded.
        </Text>
      </div>
      {may?.allowed ? (
        <Shown user={user} sent={sent} />
      ) : (
        <Text size="sm">{may?.reason ?? 'What you may do could not be read. Load the page again.'}</Text>
      )}
    </section>
  );
}

function Shown({ user, sent }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const { known, busy, fault, live, tell, retry, more } = useCodes(user.id, useSeen(place));
  useEffect(() => {
    if (sent) tell(sent);
  }, [sent, tell]);
  const again = fault && (fault.asked === 'older' ? more : retry);
  return (
    <div ref={place}>
      <Stack gap="sm" aria-busy={Boolean(busy)}>
        {!known && busy && <Skeletons />}
        {known?.rows.length === 0 && (
          <Text size="sm" className={classes.blank}>
            {user.firstName} has asked for no code yet, and none was sent.
          </Text>
        )}
        {known && known.rows.length > 0 && (
          <ul className={`plain-list ${classes.list}`} aria-labelledby={CODES}>
            {known.rows.map((row) => (
              <CodeLine key={row.id} row={row} />
            ))}
          </ul>
        )}
        {fault && <FaultAlert fault={fault.fault} onRetry={fault.fault.code === 'FORBIDDEN' ? undefined : again} />}
        {known && (
          <Group justify="space-between" gap="xs">
            <Text size="sm" c="dimmed">
              {live ? 'Live: what changes shows here by itself.' : 'Not live right now. What changes shows once the connection is back.'}
            </Text>
            <More shown={known.rows.length} left={known.older !== null} busy={busy === 'older'} onMore={more} />
          </Group>
        )}
      </Stack>
    </div>
  );
}

/** Keeps the focus: on the button while there is more, on what stands in its place when there is none. */
function More({ shown, left, busy, onMore }: { shown: number; left: boolean; busy: boolean; onMore(): void }) {
  const end = useRef<HTMLParagraphElement>(null);
  const pressed = useRef(false);
  useEffect(() => {
    if (pressed.current && !left) end.current?.focus();
  }, [left]);
  const press = () => {
    if (busy) return;
    pressed.current = true;
    onMore();
  };
  return (
    <>
      <VisuallyHidden role="status">{shown === 1 ? '1 code shown' : `${shown} codes shown`}</VisuallyHidden>
      {left ? (
        <Button size="xs" variant="default" aria-disabled={busy} onClick={press} leftSection={busy && <Loader size={14} />}>
          Show more
        </Button>
      ) : (
        shown > 0 && (
          <Text size="sm" c="dimmed" ref={end} tabIndex={-1} className={classes.end}>
            These are all.
          </Text>
        )
      )}
    </>
  );
}

/** Whether something has come into view: what nobody looks at is not read. */
function useSeen(place: React.RefObject<HTMLElement | null>): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!place.current) return;
    const watch = new IntersectionObserver((entries) => entries.some((e) => e.isIntersecting) && setSeen(true));
    watch.observe(place.current);
    return () => watch.disconnect();
  }, [place]);
  return seen;
}

const Skeletons = () => (
  <Stack gap="xs" role="status" aria-label="Loading the codes">
    {Array.from({ length: 4 }, (_, i) => (
      <Skeleton key={i} height={44} />
    ))}
  </Stack>
);
