import { type Fault, type FaultCode, type Read, useAct, useSession } from '@factordesk/shared';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { GenerateBackupCodesDocument, type BackupCodesUserQuery, type Handover } from '../gql/graphql';
import { Leaving } from '../layout/Leaving';
import { AskStep, type Confirmation } from './AskStep';
import { CodesStep, type Made } from './CodesStep';
import { LostStep } from './LostStep';
import { Refused } from './Refused';
import type { Request } from './request';
import { WarnStep } from './WarnStep';
import { nameOf, type Target } from './WhoFor';

type Step =
  | { at: 'ask'; back?: Fault }
  | { at: 'warn'; confirmation: Confirmation; fault?: Fault }
  | { at: 'codes'; made: Made; handover: Handover }
  | { at: 'lost' };

const RAN_OUT: Fault = {
  code: 'EXPIRED',
  message: 'The time to confirm ran out. No codes were made, and what you entered is still here.',
  path: '',
};

/** Nothing is known of what was asked for. */
const LOST: FaultCode[] = ['UNREACHABLE', 'OFFLINE', 'TIMEOUT'];
/** The confirmation is of no more use. */
const OVER: FaultCode[] = ['EXPIRED', 'NOT_FOUND', 'CONFLICT'];

interface Props {
  user: Target;
  read: Read<BackupCodesUserQuery>;
}

/** The making of codes, one thing at a time: ask, warn, show. Codes live in this component's state and nowhere else. */
export function Flow({ user, read }: Props) {
  const navigate = useNavigate();
  const { act, busy } = useAct(GenerateBackupCodesDocument);
  const [request, setRequest] = useState<Request>({ reason: '' });
  const [step, setStep] = useState<Step>({ at: 'ask' });

  // Neither a session that ended nor a page that the browser keeps for its back button keeps codes.
  const { ended } = useSession();
  if (ended && step.at === 'codes') setStep({ at: 'ask' });
  useEffect(() => {
    const forget = () => flushSync(() => setStep({ at: 'ask' }));
    window.addEventListener('pagehide', forget);
    return () => window.removeEventListener('pagehide', forget);
  }, []);
  const ranOut = useCallback(() => setStep({ at: 'ask', back: RAN_OUT }), []);

  const generate = async (confirmation: Confirmation, handover: Handover) => {
    setStep({ at: 'warn', confirmation });
    const { data, fault } = await act({ input: { confirmationToken: confirmation.token, handover } });
    if (data?.generateBackupCodes) setStep({ at: 'codes', made: data.generateBackupCodes, handover });
    else if (fault && LOST.includes(fault.code)) setStep({ at: 'lost' });
    else if (fault && OVER.includes(fault.code)) setStep({ at: 'ask', back: fault });
    else setStep({ at: 'warn', confirmation, fault });
  };

  const can = user.viewerCan?.generateBackupCodes;
  if (step.at === 'ask' && !can?.allowed) return <Refused reason={can?.reason} />;
  return (
    <>
      {step.at === 'ask' && (
        <AskStep
          user={user}
          request={request}
          onChange={setRequest}
          back={step.back}
          onPrepared={(confirmation) => setStep({ at: 'warn', confirmation })}
        />
      )}
      {step.at === 'warn' && (
        <WarnStep
          confirmation={step.confirmation}
          request={request}
          onChange={setRequest}
          busy={busy}
          fault={step.fault}
          onGenerate={() => request.handover && void generate(step.confirmation, request.handover)}
          onBack={() => setStep({ at: 'ask' })}
          onExpired={ranOut}
        />
      )}
      {step.at === 'codes' && (
        <CodesStep
          made={step.made}
          name={nameOf(user)}
          handover={step.handover}
          onDone={() => void navigate({ to: '/users/$userId', params: { userId: user.id } })}
        />
      )}
      {step.at === 'lost' && <LostStep read={read} onAgain={() => setStep({ at: 'ask' })} />}
      {step.at === 'codes' ? (
        <Leaving guard title="Does the user have a code?">
          When you leave, the codes are gone from here, and nobody can show them again.
        </Leaving>
      ) : (
        <Leaving guard={busy} title="Codes are being made">
          If you leave now, nobody will see them.
        </Leaving>
      )}
    </>
  );
}
