import { FaultAlert, useAct, useRead, useTitle, zone, type Fault } from '@factordesk/shared';
import { Button, Group, Skeleton, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { useNavigate, useRouter, useRouterState, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { AccessReviewDocument, ExportAccessReviewDocument } from '../gql/graphql';
import { Pages } from '../layout/Pages';
import staff from '../staff/Staff.module.css';
import { StaffSearchField } from '../staff/StaffSearchField';
import { DoneAlert } from '../user/DoneAlert';
import { useSearchText } from '../users/useSearchText';
import { ReviewedPerson } from './ReviewedPerson';
import { saveFile } from './saveFile';
import { countInWords } from './words';

const PAGE = 20;

/** Who of the staff may do what, since when and given by whom, and when they last did it. */
export function ReviewPage() {
  useTitle('Access review');
  const search = useSearch({ from: '/settings/access-review' });
  const navigate = useNavigate({ from: '/settings/access-review' });
  const router = useRouter();
  const trail = useRouterState({ select: (s) => s.location.state.trail }) ?? (search.after ? [''] : []);
  const { data, faults, loading, refreshing, reload } = useRead(AccessReviewDocument, { ...search, first: PAGE }, { policy: 'network-only' });
  const { text, type } = useSearchText(search.search ?? '', (typed) => {
    // Whoever opened a page meanwhile is not called back.
    if (router.latestLocation.pathname === '/settings/access-review') void navigate({ search: { search: typed || undefined }, replace: true });
  });
  const turn = (after: string, before: string[]) => void navigate({ search: { ...search, after: after || undefined }, state: { trail: before } });

  const people = data?.accessReview?.nodes;
  const fault = faults.find((f) => f.path === '' || f.path === 'accessReview');
  const forbidden = fault?.code === 'FORBIDDEN';
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-end">
        <div>
          <Title order={1} size="h2">
            Access review
          </Title>
          <Text c="dimmed" size="sm">
            Who of the staff may do what, since when and given by whom, and when they last did it. Times are in {zone()}.
          </Text>
        </div>
        {!forbidden && <Download />}
      </Group>
      {!forbidden && <StaffSearchField text={text} onType={type} />}
      <VisuallyHidden role="status">{people && !refreshing && countInWords(people.length)}</VisuallyHidden>
      {fault && <FaultAlert fault={fault} onRetry={forbidden ? undefined : reload} />}
      {loading && <Skeleton h={320} role="status" aria-label="Loading the review" />}
      {people?.length === 0 && (
        <Text size="sm" className={staff.blank}>
          {search.search ? `None of the staff matches “${search.search}”.` : 'There is nobody here.'}
        </Text>
      )}
      {people && people.length > 0 && (
        <Stack component="ul" gap="sm" className="plain-list" aria-label="People" aria-busy={refreshing}>
          {people.map((person) => (
            <ReviewedPerson key={person.userId} person={person} />
          ))}
        </Stack>
      )}
      {people && (
        <Pages
          place={trail.length + 1}
          next={data.accessReview?.pageInfo.hasNextPage ? (data.accessReview.pageInfo.endCursor ?? undefined) : undefined}
          onNext={(after) => turn(after, [...trail, search.after ?? ''])}
          onBack={trail.length > 0 ? () => turn(trail.at(-1) ?? '', trail.slice(0, -1)) : undefined}
        />
      )}
    </Stack>
  );
}

/** Takes the whole review out as a file; that is on record. */
function Download() {
  const { act, busy } = useAct(ExportAccessReviewDocument);
  const [saved, setSaved] = useState('');
  const [fault, setFault] = useState<Fault>();
  const download = async () => {
    setSaved('');
    setFault(undefined);
    const { data, fault } = await act({});
    setFault(fault);
    const file = data?.exportAccessReview;
    if (!file) return;
    saveFile(file.fileName, file.csv, 'text/csv;charset=utf-8');
    setSaved(file.fileName);
  };
  return (
    <Stack gap="xs" align="flex-end">
      <Button size="xs" variant="default" loading={busy} onClick={() => void download()}>
        Download as CSV
      </Button>
      {saved && <DoneAlert>All of it is in {saved}, for your browser to save. The audit log says that you took it out.</DoneAlert>}
      {fault && <FaultAlert fault={fault} focus />}
    </Stack>
  );
}
